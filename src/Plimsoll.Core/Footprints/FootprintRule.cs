using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Footprints;

/// <summary>What a task is reckoned with: learned, else seen, else declared, else assumed.</summary>
internal static class FootprintRule
{
    /// <summary>Of a small node the assumption takes no more than this part, or nothing could be tried beside anything else.</summary>
    private const int LeastTries = 8;

    private const long BriefPrior = 128L << 20;
    private static readonly TimeSpan HeavyStart = TimeSpan.FromMilliseconds(200);

    public static Footprint Of(TaskShape shape, RaisedNeed? raised, ClassState owner, MemoryMode mode, long capacityBytes)
    {
        if (mode != MemoryMode.Sampled || shape.Lease is not null)
        {
            return Footprint.Flat(Math.Max(shape.Memory?.Value ?? 0, raised?.Bytes ?? 0));
        }

        Footprint footprint = Sampled(shape, owner, Math.Min(MemoryRule.Prior, capacityBytes / LeastTries));
        return raised is not null && raised.Bytes > footprint.Settled
            ? (footprint with { Settled = raised.Bytes, Burst = Math.Max(0, footprint.Settled + footprint.Burst - raised.Bytes) }).Rounded()
            : footprint;
    }

    /// <summary>True when starts of the class take so much processor time that they go through the start gate.</summary>
    public static bool StartsHeavily(ClassState owner, MemoryMode mode) =>
        mode == MemoryMode.Sampled && owner.Profile.HasSamples && owner.StartCpu >= HeavyStart;

    private static Footprint Sampled(TaskShape shape, ClassState owner, long prior)
    {
        if (owner.Profile.HasSamples)
        {
            return owner.Profile.FootprintFor(shape.Size);
        }

        // It ended before anybody could measure it: what is declared, or assumed, is all it gets.
        if (owner.IsKnown)
        {
            long unmeasured = shape.Memory?.Value ?? (owner.IsBrief ? BriefPrior : prior);
            return Footprint.Flat(owner.PeakBytes > 0 ? owner.PeakBytes : Math.Max(unmeasured, owner.SettledBytes));
        }

        // A declared amount is meant to be enough for the whole task, so nothing comes on top of it until more was seen.
        if (owner.SettledBytes == 0 && shape.Memory is { } declared)
        {
            return Footprint.Flat(declared.Value);
        }

        long settled = owner.SettledBytes > 0 ? owner.SettledBytes : prior;
        (double ratio, double share) = owner.Host.Bursts;
        return new Footprint(settled, (long)(settled * ratio), share, 0, 0).Rounded();
    }
}
