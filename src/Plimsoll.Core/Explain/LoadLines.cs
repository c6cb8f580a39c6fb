using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>Takes the picture of how far the nodes are loaded.</summary>
internal sealed class LoadLines(KernelState state, DateTimeOffset now)
{
    private const int MostCauses = 12;

    /// <summary>Shapes are explained by their head; beyond this many the rest is left out.</summary>
    private const int MostShapes = 500;

    public LoadLineSnapshot Take()
    {
        NodeLedger[] nodes = [.. state.Nodes.All.Where(static node => node.IsUp)];
        bool read = nodes.Any(static node => node.Sample is not null);
        bool judged = nodes.Length > 0 && nodes.All(static node => node.CapacityBytes < MemoryRule.Unlimited / 2);
        return new LoadLineSnapshot(
            read ? Sum(nodes, static node => node.Sample?.Limit.Value ?? 0) : null,
            judged ? Sum(nodes, static node => node.CapacityBytes) : null,
            Sum(nodes, static node => node.MemoryMode == MemoryMode.Fixed ? 0 : node.ForeignBytes), // a fixed amount is there whatever others do
            Sum(nodes, static node => node.Live.Sum(static live => live.MeasuredBytes)),
            Sum(nodes, static node => node.HeldBytes),
            Sum(nodes, static node => node.SharedBytes),
            Sum(nodes, static node => node.PoolBytes),
            read ? Sum(nodes, static node => node.Sample?.Free.Value ?? 0) : null,
            nodes.Sum(static node => node.FrozenCount),
            nodes.Sum(static node => node.SlotsTaken),
            state.Limits.Concurrency.Maximum,
            Causes());
    }

    private static Bytes Sum(NodeLedger[] nodes, Func<NodeLedger, long> part) => new(nodes.Sum(part));

    private ImmutableArray<WaitCause> Causes()
    {
        var causes = new Dictionary<string, WaitCause>(StringComparer.Ordinal);
        var explainer = new Explainer(state, now);
        foreach (ShapeQueue shape in state.Queues.Active.Take(MostShapes))
        {
            WaitReason reason = explainer.Reasons(shape.Head)[0];
            causes[reason.Code] = causes.TryGetValue(reason.Code, out WaitCause? cause)
                ? cause with { Tasks = cause.Tasks + shape.Count }
                : new WaitCause(shape.Count, reason);
        }

        if (state.Retrying.Count > 0)
        {
            causes["backoff"] = new WaitCause(state.Retrying.Count, explainer.Reasons(state.Retrying.Keys.First())[0]);
        }

        return [.. causes.Values.OrderByDescending(static cause => cause.Tasks).Take(MostCauses)];
    }
}
