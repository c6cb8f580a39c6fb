using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Capacity;

/// <summary>The nodes by number, their labels, and where each live attempt runs.</summary>
internal sealed class NodeTable
{
    private const int MostLabels = 62;

    private readonly SortedDictionary<int, NodeLedger> nodes = [];
    private readonly Dictionary<int, AttemptLease> byHandle = [];
    private readonly Dictionary<string, ulong> labels = new(StringComparer.Ordinal);
    private readonly List<NodeLedger> touched = [];

    public NodeTable()
    {
        Local = Add(NodeId.Local);
        Local.IsUp = true;
    }

    /// <summary>The machine itself.</summary>
    public NodeLedger Local { get; }

    /// <summary>True while there was never any node but this machine.</summary>
    public bool IsSingle => nodes.Count == 1;

    /// <summary>By number.</summary>
    public IEnumerable<NodeLedger> All => nodes.Values;

    /// <summary>All live attempts, node by node.</summary>
    public IEnumerable<AttemptLease> Live => IsSingle ? Local.Live : nodes.Values.SelectMany(static node => node.Live);

    public int LiveCount => byHandle.Count;

    /// <summary>Nodes that changed since <see cref="Settled"/>; kept only while there are several.</summary>
    public IReadOnlyList<NodeLedger> Touched => touched;

    public NodeLedger? Find(NodeId id) => nodes.GetValueOrDefault(id.Value);

    /// <summary>The node of that number; a new one is down.</summary>
    public NodeLedger Get(NodeId id) => Find(id) ?? Add(id);

    public AttemptLease? Find(int handle) => byHandle.GetValueOrDefault(handle);

    public void Register(AttemptLease live) => byHandle.Add(live.Handle, live);

    public void Forget(AttemptLease live) => byHandle.Remove(live.Handle);

    /// <summary>The bits of labels; all names beyond the first 62 share one bit that no node has.</summary>
    public ulong Mask(ReadOnlySpan<string> names, bool isNode)
    {
        ulong mask = 0;
        foreach (string name in names)
        {
            if (!labels.TryGetValue(name, out ulong bit))
            {
                bit = 1UL << Math.Min(labels.Count, MostLabels);
                labels.Add(name, bit);
            }

            mask |= isNode && bit == 1UL << MostLabels ? 0 : bit;
        }

        return mask;
    }

    /// <summary>Notes that a node has to be looked at before the next choice.</summary>
    public void Note(NodeLedger node)
    {
        if (node.Slot is { IsStale: false } slot)
        {
            slot.IsStale = true;
            touched.Add(node);
        }
    }

    /// <summary>Every touched node was looked at.</summary>
    public void Settled() => touched.Clear();

    private NodeLedger Add(NodeId id)
    {
        var node = new NodeLedger(id, this);
        nodes.Add(id.Value, node);
        return node;
    }
}
