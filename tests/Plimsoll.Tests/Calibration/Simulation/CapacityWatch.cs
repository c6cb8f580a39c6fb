using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Tests.Calibration.Simulation.Mutants;

namespace Plimsoll.Tests.Calibration.Simulation;

/// <summary>The production kernel, with every start held against what its node has left.</summary>
internal sealed class CapacityWatch(KernelStart start, TaskBlock block, IReadOnlyList<NodeCapacity> nodes) : Mutant(start)
{
    private readonly Dictionary<AttemptId, NodeId> live = [];
    private readonly Dictionary<NodeId, (long Bytes, double Cores)> taken = [];

    /// <summary>What was exceeded first; null = nothing.</summary>
    public string? Exceeded { get; private set; }

    /// <summary>Starts of each node.</summary>
    public Dictionary<NodeId, int> Starts { get; } = [];

    protected override Turn Out(Turn turn)
    {
        foreach (Fact fact in turn.Facts)
        {
            if (fact is AttemptAdmitted admitted)
            {
                Admit(admitted);
            }
            else if (fact is AttemptFinished finished && live.Remove(finished.Attempt, out NodeId node))
            {
                Count(node, finished.Attempt, -1);
            }
        }

        return turn;
    }

    private void Admit(AttemptAdmitted admitted)
    {
        live.Add(admitted.Attempt, admitted.Node);
        Starts[admitted.Node] = Starts.GetValueOrDefault(admitted.Node) + 1;
        (long bytes, double cores) = Count(admitted.Node, admitted.Attempt, 1);
        NodeCapacity has = nodes[admitted.Node.Value];
        if (bytes > has.Memory!.Value.Value || cores > has.Cores || !ShapeOf(admitted.Attempt).Requires.All(label => has.Labels.Contains(label)))
        {
            Exceeded ??= $"{admitted.Attempt} on {admitted.Node}: {bytes} of {has.Memory.Value.Value} bytes, {cores} of {has.Cores} cores, labels {string.Join(", ", has.Labels)}";
        }
    }

    private (long Bytes, double Cores) Count(NodeId node, AttemptId attempt, int sign)
    {
        (long bytes, double cores) = taken.GetValueOrDefault(node);
        TaskShape shape = ShapeOf(attempt);
        return taken[node] = (bytes + (sign * (shape.Memory?.Value ?? 0)), cores + (sign * shape.Cpu));
    }

    private TaskShape ShapeOf(AttemptId attempt) => block.Shapes[block.ShapeOf[attempt.Task.Ordinal]];
}
