using Plimsoll.Calibration.Simulation.Machines;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Takes nodes that offer the same for one.</summary>
internal static class NodeKind
{
    public static IEqualityComparer<SimulatedNode> Comparer { get; } = EqualityComparer<SimulatedNode>.Create(
        static (left, right) => left!.MemoryBytes == right!.MemoryBytes && left.Cores.Equals(right.Cores) && left.Labels.AsSpan().SequenceEqual(right.Labels.AsSpan()),
        static node => HashCode.Combine(node.MemoryBytes, node.Cores, node.Labels.Length));
}
