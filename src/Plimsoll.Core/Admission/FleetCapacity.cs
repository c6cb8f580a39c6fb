using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>What the nodes have together and at most, empty; reckoned again only after a change.</summary>
internal sealed class FleetCapacity(NodeTable nodes)
{
    private readonly Dictionary<(ulong Labels, long MilliCores, long WholeBytes), long> mostEmpty = [];
    private bool known;
    private long largestBytes;
    private long totalBytes;

    public long LargestBytes => nodes.IsSingle ? nodes.Local.CapacityBytes : Known(ref largestBytes);

    public long TotalBytes => nodes.IsSingle ? nodes.Local.CapacityBytes : Known(ref totalBytes);

    public long LargestMilliCores { get; private set; } = 1;

    public long TotalMilliCores
    {
        get => nodes.IsSingle ? nodes.Local.MilliCores : Known(ref field);
        private set;
    }

    public void Forget()
    {
        known = false;
        mostEmpty.Clear();
    }

    /// <summary>Takes note of a node that has changed: what others use there changes what it could hold empty.</summary>
    public void Look(NodeLedger node)
    {
        if (node.MemoryMode == MemoryMode.Sampled)
        {
            mostEmpty.Clear();
        }
    }

    /// <summary>The largest settled need of such a candidate that some node could hold were it empty; below 0 is none.</summary>
    public long MostEmpty(in CandidateKey key)
    {
        if (!mostEmpty.TryGetValue((key.Labels, key.MilliCores, key.WholeBytes), out long most))
        {
            most = -1;
            foreach (NodeLedger node in nodes.All)
            {
                if (node.IsUp && AdmissionRule.HasLabels(node, key.Labels) && key.MilliCores <= node.MilliCores && key.WholeBytes <= node.CapacityBytes)
                {
                    most = Math.Max(most, node.EmptyRoomBytes);
                }
            }

            mostEmpty.Add((key.Labels, key.MilliCores, key.WholeBytes), most);
        }

        return most - key.Mapped;
    }

    private long Known(ref long value)
    {
        if (!known)
        {
            known = true;
            (largestBytes, LargestMilliCores, totalBytes, long cores) = (0, 1, 0, 0);
            bool anyUp = nodes.All.Any(static node => node.IsUp);
            foreach (NodeLedger node in nodes.All)
            {
                // With all nodes gone, what they had is still what may come back.
                if (node.IsUp || !anyUp)
                {
                    largestBytes = Math.Max(largestBytes, node.CapacityBytes);
                    LargestMilliCores = Math.Max(LargestMilliCores, node.MilliCores);
                    totalBytes = Math.Min(MemoryRule.Unlimited, totalBytes + node.CapacityBytes);
                    cores = Math.Min(MemoryRule.Unlimited, cores + node.MilliCores);
                }
            }

            TotalMilliCores = cores;
        }

        return value;
    }
}
