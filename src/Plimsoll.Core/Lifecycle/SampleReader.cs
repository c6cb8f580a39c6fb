using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Spreads a reading over the live attempts and notices which of them have settled.</summary>
internal sealed class SampleReader(KernelState state)
{
    private const double SettledShare = 0.9;
    private const double Steady = 0.05;

    /// <summary>Two readings alone take a slow ramp for a settled task.</summary>
    private static readonly TimeSpan SteadyFor = TimeSpan.FromMilliseconds(750);

    public void Take(NodeLedger node, NodeSample sample, DateTimeOffset now)
    {
        long ours = sample.Memory.Tasks.Value;
        if (sample.Tasks.IsDefaultOrEmpty)
        {
            Spread(node, ours);
        }
        else
        {
            ours = 0;
            foreach (TaskSample task in sample.Tasks)
            {
                ours += task.Resident.Value;
                if (Find(task) is { } live && live.Node == node)
                {
                    Read(live, task, now);
                }
            }
        }

        long used = sample.Memory.Limit.Value - sample.Memory.Free.Value - ours;
        node.Take(sample, used - (sample.MappedIsUsed ? node.SharedBytes : 0));
    }

    /// <summary>What a probe has settled at becomes what its class is reckoned with until one has completed.</summary>
    public static void Note(KernelState state, AttemptLease live)
    {
        ClassState owner = live.Shape.Class;
        if (owner.IsKnown || live.MeasuredBytes <= owner.SettledBytes)
        {
            return;
        }

        if (owner.IsFresh)
        {
            state.NoLongerFresh(owner);
        }

        owner.SettledBytes = live.MeasuredBytes;
        state.ResizeAll(owner);
    }

    private AttemptLease? Find(in TaskSample task)
    {
        int handle = state.Runs.Find(task.Attempt.Task);
        return handle >= 0 && state.Nodes.Find(handle) is { } live && live.Attempt == task.Attempt ? live : null;
    }

    private void Read(AttemptLease live, in TaskSample task, DateTimeOffset now)
    {
        long before = live.MeasuredBytes;
        live.MeasuredBytes = Math.Max(0, task.Resident.Value);
        live.PeakBytes = Math.Max(live.PeakBytes, live.MeasuredBytes);
        live.Node.Map(live, task.Mapped.Value, task.Executable);
        bool steady = live.SteadyFor(now, Steady) >= SteadyFor;
        bool known = live.Shape.Class.IsKnown;
        if (live.Unsettled && (known ? live.MeasuredBytes >= SettledShare * live.Footprint.Settled : steady))
        {
            NodeRules.Settle(state, live);
        }
        else if (!known && steady && !live.Unsettled)
        {
            Note(state, live);
        }

        if (live.MeasuredBytes != before)
        {
            live.Node.Recount(live);
        }
    }

    /// <summary>Without readings of single attempts, what all hold is spread in proportion to what is set aside for them.</summary>
    private static void Spread(NodeLedger node, long bytes)
    {
        double reserved = node.Live.Sum(static live => (double)live.ReservedBytes);
        foreach (AttemptLease live in node.Live)
        {
            double part = reserved > 0 ? live.ReservedBytes / reserved : 1.0 / node.Live.Count;
            live.MeasuredBytes = (long)(bytes * part);
            node.Recount(live);
        }
    }
}
