using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary>What a task needs and what a node has, in bytes, under the limits in force.</summary>
internal static class MemoryRule
{
    /// <summary>Stands for "not judged": larger than any amount, small enough to add to.</summary>
    public const long Unlimited = 1L << 61;

    /// <summary>Assumed for a task of which nothing is known.</summary>
    public const long Prior = 512L << 20;

    private const long LeastReserve = 64L << 20;
    private const long MostReserve = 4L << 30;

    public static MemoryMode Mode(KernelLimits limits, MemorySample? sample)
    {
        if (limits.Node.Memory is not null)
        {
            return MemoryMode.Fixed;
        }

        bool judged = limits.Concurrency is AutoConcurrency or FixedConcurrency { Protect: true };
        return judged && sample is not null ? MemoryMode.Sampled : MemoryMode.Unjudged;
    }

    /// <summary>5 % of the limit, at least 64 MiB, at most 4 GiB, unless configured.</summary>
    public static long ReserveBytes(KernelLimits limits, Bytes limit) =>
        limits.Reserve?.Value ?? DefaultReserveBytes(limit);

    public static long DefaultReserveBytes(Bytes limit) => Math.Clamp(limit.Value / 20, LeastReserve, MostReserve);

    /// <summary>What tasks may hold together on a node where nobody else uses anything.</summary>
    public static long CapacityBytes(KernelLimits limits, MemorySample? sample) => Mode(limits, sample) switch
    {
        MemoryMode.Fixed => limits.Node.Memory!.Value.Value,
        MemoryMode.Sampled => sample!.Value.Limit.Value - ReserveBytes(limits, sample.Value.Limit),
        _ => Unlimited,
    };
}
