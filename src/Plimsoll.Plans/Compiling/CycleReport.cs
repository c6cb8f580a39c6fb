using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Compiling;

/// <summary>Tells the author of a plan about its cycles: hard ones are errors, others are opened at a soft edge with a warning.</summary>
/// <remarks>Which soft edge goes is decided by <see cref="CycleFinder.Resolve"/>: the one whose waiting task has the lowest priority, among equals the one written last.</remarks>
internal sealed class CycleReport(PlanDraft plan, MatrixExpansion expansion, DiagnosticBag diagnostics)
{
    private const int MostHardCycles = 20;

    /// <summary>The edges that stay, without a cycle; null after a hard cycle.</summary>
    public TaskEdge[]? Resolve(TaskEdge[] edges)
    {
        int[] priority = [.. expansion.DraftOf.Select(draft => plan.Tasks[draft].Settings.Priority ?? 0)];
        CycleResolution found = CycleFinder.Resolve(priority.Length, edges, priority, MostHardCycles);
        foreach (int[] cycle in found.HardCycles)
        {
            diagnostics.Error(
                Mention(new TaskEdge(cycle[^1], cycle[0], Soft: false)),
                Path(cycle),
                "these tasks need each other in a circle, each one needs the one before it",
                "Remove one of these needs, or write it as after: if only the order matters.");
        }

        if (found.HardCycles.Length > 0)
        {
            return null;
        }

        foreach ((int edge, int[] cycle) in found.Dropped.Zip(found.DroppedCycles))
        {
            WarnOfDropped(edges[edge], cycle);
        }

        return found.Edges;
    }

    private void WarnOfDropped(TaskEdge dropped, int[] cycle)
    {
        string from = expansion.Names[dropped.From];
        string to = expansion.Names[dropped.To];
        diagnostics.Warning(
            Mention(dropped),
            Path(cycle),
            $"the tasks wait for each other, so {to} no longer runs after {from}",
            $"Remove after: {from} from {to}, or give another task of the cycle a lower priority.");
    }

    private string Path(int[] cycle) => string.Join(" -> ", cycle.Append(cycle[0]).Select(task => expansion.Names[task]));

    private Node Mention(TaskEdge edge)
    {
        TaskDraft draft = plan.Tasks[expansion.DraftOf[edge.To]];
        string id = plan.Tasks[expansion.DraftOf[edge.From]].Settings.Id;
        IReadOnlyList<Node> written = (edge.Soft ? draft.Settings.After : draft.Settings.Needs) ?? [];
        return written.FirstOrDefault(node => ReferenceCheck.BaseOf(node.Text) == id) ?? draft.Settings.At;
    }
}
