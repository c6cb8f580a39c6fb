using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Graphs;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Compiling;

/// <summary>Makes the edges of a plan acyclic: hard cycles are errors, in others the least important soft edge is dropped with a warning.</summary>
internal sealed class EdgeOrdering(PlanDraft plan, MatrixExpansion expansion, DiagnosticBag diagnostics)
{
    private const int MostHardCycles = 20;

    /// <summary>The edges that stay and a topological order; null after a hard cycle.</summary>
    public (TaskEdge[] Edges, int[] Order)? Order(TaskEdge[] edges)
    {
        int count = expansion.DraftOf.Length;
        CycleBreaker all = new(count, edges, _ => true);
        if (all.TryOrder(_ => null))
        {
            return (edges, all.Order.ToArray());
        }

        int reported = 0;
        new CycleBreaker(count, edges, edge => !edge.Soft).TryOrder(cycle =>
        {
            ReportHard(edges, cycle);
            return ++reported < MostHardCycles ? cycle[^1] : null;
        });
        if (reported > 0)
        {
            return null;
        }

        CycleBreaker soft = new(count, edges, _ => true);
        soft.TryOrder(cycle => Drop(edges, cycle));
        return ([.. edges.Where((_, i) => !soft.IsDropped(i))], soft.Order.ToArray());
    }

    private int? Drop(TaskEdge[] edges, IReadOnlyList<int> cycle)
    {
        int victim = cycle.Where(edge => edges[edge].Soft)
            .OrderBy(edge => Priority(edges[edge].To))
            .ThenBy(edge => Priority(edges[edge].From))
            .ThenByDescending(edge => edges[edge].To)
            .First();
        TaskEdge dropped = edges[victim];
        string from = expansion.Names[dropped.From];
        string to = expansion.Names[dropped.To];
        diagnostics.Warning(
            Mention(dropped),
            Path(edges, cycle),
            $"the tasks wait for each other, so {to} no longer runs after {from}",
            $"Remove after: {from} from {to}, or give another task of the cycle a lower priority.");
        return victim;
    }

    private void ReportHard(TaskEdge[] edges, IReadOnlyList<int> cycle) =>
        diagnostics.Error(
            Mention(edges[cycle[^1]]),
            Path(edges, cycle),
            "these tasks need each other in a circle, each one needs the one before it",
            "Remove one of these needs, or write it as after: if only the order matters.");

    private string Path(TaskEdge[] edges, IReadOnlyList<int> cycle) =>
        string.Join(" -> ", cycle.Select(edge => expansion.Names[edges[edge].From]).Append(expansion.Names[edges[cycle[^1]].To]));

    private int Priority(int task) => plan.Tasks[expansion.DraftOf[task]].Settings.Priority ?? 0;

    private Node Mention(TaskEdge edge)
    {
        TaskDraft draft = plan.Tasks[expansion.DraftOf[edge.To]];
        string id = plan.Tasks[expansion.DraftOf[edge.From]].Settings.Id;
        IReadOnlyList<Node> written = (edge.Soft ? draft.Settings.After : draft.Settings.Needs) ?? [];
        return written.FirstOrDefault(node => ReferenceCheck.BaseOf(node.Text) == id) ?? draft.Settings.At;
    }
}
