using System.Numerics;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>The order in which each strategy offers nodes; lower first.</summary>
internal static class NodeScore
{
    private const double Scale = 1L << 40;

    public static long Of(NodeSlot slot, PlacementStrategy strategy, int places) => strategy switch
    {
        PlacementStrategy.RoundRobin => slot.LastTurn,
        PlacementStrategy.LeastLoaded => (long)(Scale * Load(slot, places)),
        PlacementStrategy.WeightedRoundRobin => (long)(Scale * slot.Pass),
        PlacementStrategy.CapabilityBased => (BitOperations.PopCount(slot.Node.Labels) * (long)Scale * 4) + Left(slot),
        _ => Left(slot),
    };

    /// <summary>One turn of a node whose weight is its part of the largest: stride scheduling.</summary>
    /// <remarks>C. Waldspurger, W. Weihl, "Stride scheduling: deterministic proportional-share resource management", MIT/LCS/TM-528, 1995.</remarks>
    public static double Stride(NodeLedger node, long largestBytes, long largestMilliCores) =>
        1 / Math.Max(1e-3, Math.Min(Part(node.CapacityBytes, largestBytes), Part(node.MilliCores, largestMilliCores)));

    /// <summary>What is left, memory and cores in equal parts of the node's own.</summary>
    private static long Left(NodeSlot slot) =>
        (long)(Scale * (Part(slot.FreeBytes, slot.Node.CapacityBytes) + Part(slot.FreeMilliCores, slot.Node.MilliCores)));

    private static double Load(NodeSlot slot, int places) => Math.Max(
        slot.Node.Live.Count / (double)places,
        1 - Math.Min(Part(slot.FreeBytes, slot.Node.CapacityBytes), Part(slot.FreeMilliCores, slot.Node.MilliCores)));

    private static double Part(long amount, long of) => Math.Clamp(amount / (double)Math.Max(1, of), 0, 1);
}
