using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Footprints;

/// <summary>What a task is reckoned with: learned, else seen, else declared, else assumed.</summary>
internal static class FootprintRule
{
    private const long BriefPrior = 128L << 20;
    private static readonly TimeSpan HeavyStart = TimeSpan.FromMilliseconds(200);

    public static Footprint Of(TaskShape shape, RaisedNeed? raised, ClassState owner, MemoryMode mode)
    {
        if (mode != MemoryMode.Sampled)
        {
            return Footprint.Flat(Math.Max(shape.Memory?.Value ?? 0, raised?.Bytes ?? 0));
        }

        Footprint footprint = Sampled(shape, owner);
        return raised is not null && raised.Bytes > footprint.Settled
            ? (footprint with { Settled = raised.Bytes, Burst = Math.Max(0, footprint.Settled + footprint.Burst - raised.Bytes) }).Rounded()
            : footprint;
    }

    /// <summary>True when starts of the class take so much processor time that they go through the start gate.</summary>
    public static bool StartsHeavily(ClassState owner, MemoryMode mode) =>
        mode == MemoryMode.Sampled && owner.Profile.HasSamples && owner.StartCpu >= HeavyStart;

    private static Footprint Sampled(TaskShape shape, ClassState owner)
    {
        if (owner.Profile.HasSamples)
        {
            return owner.Profile.Footprint;
        }

        // It ended before anybody could measure it: what is declared, or assumed, is all it gets.
        if (owner.IsKnown)
        {
            long unmeasured = shape.Memory?.Value ?? (owner.IsBrief ? BriefPrior : MemoryRule.Prior);
            return Footprint.Flat(owner.PeakBytes > 0 ? owner.PeakBytes : Math.Max(unmeasured, owner.SettledBytes));
        }

        // A declared amount is meant to be enough for the whole task, so nothing comes on top of it until more was seen.
        if (owner.SettledBytes == 0 && shape.Memory is { } declared)
        {
            return Footprint.Flat(declared.Value);
        }

        long settled = owner.SettledBytes > 0 ? owner.SettledBytes : MemoryRule.Prior;
        (double ratio, double share) = owner.Host.Bursts;
        return new Footprint(settled, (long)(settled * ratio), share, 0, 0).Rounded();
    }
}
