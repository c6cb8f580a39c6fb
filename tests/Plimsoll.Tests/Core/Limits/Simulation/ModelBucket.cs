using Plimsoll.Core.Limits;

namespace Plimsoll.Tests.Core.Limits.Simulation;

/// <summary>A provider's bucket in virtual seconds, written apart from ours: refuses instead of queueing, charges at arrival.</summary>
/// <param name="perSecond">Refill.</param>
/// <param name="depthSeconds">Depth in seconds of refill.</param>
/// <param name="debt">Whether any positive level is enough; otherwise min(amount, depth) must be there.</param>
internal sealed class ModelBucket(double perSecond, double depthSeconds, bool debt)
{
    private double level = perSecond * depthSeconds;
    private double at;

    /// <summary>Charges a request, or says after how many whole seconds it would fit.</summary>
    /// <param name="force">Charge in any case: output of an answer that was admitted.</param>
    public bool TryCharge(long amount, double now, out int retryAfterSeconds, bool force = false)
    {
        level = Math.Min(perSecond * depthSeconds, level + ((now - at) * perSecond));
        at = now;
        double needed = debt ? double.Epsilon : Math.Min(amount, perSecond * depthSeconds);

        // A nanosecond's worth of rounding is not a refusal.
        if (!force && level < needed - (perSecond * 1e-9))
        {
            retryAfterSeconds = (int)Math.Ceiling((needed - level) / perSecond);
            return false;
        }

        level -= amount;
        retryAfterSeconds = 0;
        return true;
    }

    /// <summary>What the headers say: rounded to thousands, never negative.</summary>
    public long Remaining => (long)(Math.Round(Math.Max(0, level) / 1000) * 1000);

    public Rate Limit => Rate.PerMinute((long)(perSecond * 60));
}
