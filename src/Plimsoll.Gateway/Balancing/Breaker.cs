namespace Plimsoll.Gateway.Balancing;

/// <summary>Rests an endpoint that is overloaded or cannot be reached: opens after five failures within 30 s, then lets one request try.</summary>
/// <remarks>A 429 never counts: a provider that refuses for lack of quota is well (M. Nygard, "Release It!", 2007, for the pattern).</remarks>
internal sealed class Breaker
{
    private const int MostFailures = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset firstFailure;
    private DateTimeOffset opensUntil = DateTimeOffset.MinValue;
    private TimeSpan rest = FirstRest;
    private bool isOpen;
    private bool isProbing;

    /// <summary>When one request may try again; past while it is closed.</summary>
    public DateTimeOffset OpensUntil
    {
        get
        {
            lock (gate)
                return opensUntil;
        }
    }

    /// <summary>Whether <see cref="TryPass"/> would let a request pass.</summary>
    public bool Allows(DateTimeOffset now)
    {
        lock (gate)
            return !isOpen || (now >= opensUntil && !isProbing);
    }

    /// <summary>Lets a request pass, or one that tries for all; who passes reports how it went.</summary>
    public bool TryPass(DateTimeOffset now)
    {
        lock (gate)
        {
            if (!isOpen)
            {
                return true;
            }

            bool passes = now >= opensUntil && !isProbing;
            isProbing |= passes;
            return passes;
        }
    }

    public void Succeeded()
    {
        lock (gate)
        {
            isOpen = false;
            isProbing = false;
            failures = 0;
            rest = FirstRest;
        }
    }

    /// <summary>A request failed; true if that opened the breaker.</summary>
    public bool Failed(DateTimeOffset now)
    {
        lock (gate)
        {
            if (isOpen)
            {
                if (isProbing)
                {
                    isProbing = false;
                    rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
                    opensUntil = now + rest;
                }

                return false;
            }

            if (failures == 0 || now - firstFailure > Window)
            {
                failures = 0;
                firstFailure = now;
            }

            if (++failures < MostFailures)
            {
                return false;
            }

            isOpen = true;
            isProbing = false;
            opensUntil = now + rest;
            return true;
        }
    }

    /// <summary>A request that passed was never sent, or was refused for lack of quota.</summary>
    public void Abandoned()
    {
        lock (gate)
            isProbing = false;
    }
}
