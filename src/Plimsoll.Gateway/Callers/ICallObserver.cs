namespace Plimsoll.Gateway.Callers;

/// <summary>Hears of every request that has ended.</summary>
public interface ICallObserver
{
    /// <summary>Called on the thread of the request; must return at once.</summary>
    void Ended(CallRecord call);

    /// <summary>A stream was kept for an attempt while it was frozen; called at its thaw, once per stream, and must return at once.</summary>
    void Kept(KeptStream stream)
    {
    }
}
