using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>The modelled machines: performs the kernel's effects in virtual time and tells what comes of them.</summary>
internal sealed class Fleet
{
    private static readonly ExitReport Killed = new(null, 9, null, false, default, default, null);

    private readonly Dictionary<AttemptId, (ModelledAttempt Attempt, ModelledNode Node)> alive = [];
    private readonly SimulationOptions options;
    private readonly SimulatedLoad load;
    private readonly VirtualQueue<VirtualEvent> coming;

    public Fleet(SimulatedLoad load, SimulationOptions options, VirtualQueue<VirtualEvent> coming)
    {
        this.load = load;
        this.options = options;
        this.coming = coming;
        Nodes = [.. options.Nodes.Select((spec, number) => new ModelledNode(number, spec, options.StartLanes))];
    }

    public ImmutableArray<ModelledNode> Nodes { get; }

    public MachineTally Tally { get; set; } = new();

    public int LiveCount => alive.Count;

    public double LiveCores { get; private set; }

    /// <summary>What all nodes hold, as read last; without readings what was seen to be settled at.</summary>
    public long HeldBytes { get; private set; }

    public void Start(StartAttempt start, DateTimeOffset now)
    {
        ModelledNode node = Nodes[start.Node.Value];
        int task = start.Attempt.Task.Ordinal;
        SimulatedWork work = load.Work[task];
        DateTimeOffset begins = node.Serve(now, options.StartCpu) + options.StartLatency;
        var attempt = new ModelledAttempt(start.Attempt, work, begins, load.Block.Shapes[load.Block.ShapeOf[task]].Cpu);
        alive.Add(start.Attempt, (attempt, node));
        node.Live.Add(attempt);
        Tally.Started++;
        LiveCores += attempt.Cores;
        HeldBytes += options.IsRead ? 0 : work.SettledBytes;
        coming.Post(attempt.EndsAt, new VirtualEvent(VirtualEventKind.End, node.Id.Value, start.Attempt, attempt.Version));
        if (options.IsRead)
        {
            Look(node, now, TimeSpan.Zero);
        }
    }

    /// <summary>An attempt whose time has come; null when its end has moved or has been.</summary>
    public AttemptEnded? End(in VirtualEvent due, DateTimeOffset now)
    {
        if (!alive.TryGetValue(due.Attempt, out (ModelledAttempt Attempt, ModelledNode Node) found) || found.Attempt.Version != due.Version || found.Attempt.IsFrozen)
        {
            return null;
        }

        ExitReport report = found.Attempt.Report(now, options.IsRead);
        Remove(found.Attempt, found.Node, now, redone: report.ExitCode != 0);
        return new AttemptEnded(due.Attempt, report);
    }

    public AttemptEnded? Kill(KillAttempt kill, DateTimeOffset now)
    {
        if (!alive.TryGetValue(kill.Attempt, out (ModelledAttempt Attempt, ModelledNode Node) found))
        {
            return null;
        }

        Tally.Evictions += kill.Reason == KillReason.Evicted ? 1 : 0;
        Remove(found.Attempt, found.Node, now, redone: true);
        return new AttemptEnded(kill.Attempt, Killed);
    }

    /// <summary>A node goes: nothing on it ever reports again.</summary>
    public bool Fail(int number, DateTimeOffset now)
    {
        ModelledNode node = Nodes[number];
        if (!node.IsUp)
        {
            return false;
        }

        foreach (ModelledAttempt attempt in node.Live.ToArray())
        {
            Tally.Lost++;
            Remove(attempt, node, now, redone: true);
        }

        (node.IsUp, node.ReadingAt) = (false, null);
        return true;
    }

    /// <summary>Reads a node: its killer strikes if there is no memory left, its guard acts, the kernel is told.</summary>
    public void Read(ModelledNode node, DateTimeOffset now, IScheduler scheduler, List<Input> inputs)
    {
        node.ReadingAt = null;
        Strike(node, now, inputs);
        NodeSample sample = node.Sample(now);
        foreach (ModelledAttempt attempt in node.Live)
        {
            if (now >= attempt.Began)
            {
                attempt.Meter.Add(attempt.Sample(now), now - attempt.Began);
            }
        }

        ImmutableArray<GuardAction> taken = node.Judge(sample, scheduler.GuardOf(node.Id), now);
        if (taken.Length > 0)
        {
            inputs.Add(new GuardActed(node.Id, taken));
            foreach (GuardAction action in taken)
            {
                Perform(action, now, inputs);
            }
        }

        HeldBytes += sample.Memory.Tasks.Value - node.HeldBytes;
        node.HeldBytes = sample.Memory.Tasks.Value;
        inputs.Add(new SampleTaken(node.Id, sample));
        if (node.Live.Count > 0)
        {
            Look(node, now, TimeSpan.FromSeconds(node.NextLook(now, node.HeldBytes)));
        }
    }

    /// <summary>More is held than there is: the largest goes, as the kernel's killer chooses.</summary>
    private void Strike(ModelledNode node, DateTimeOffset now, List<Input> inputs)
    {
        while (node.Live.Count > 0 && node.Held(now) > node.Spec.MemoryBytes)
        {
            ModelledAttempt victim = node.Live.MaxBy(attempt => attempt.Bytes(now))!;
            Tally.HostKills++;
            ExitReport report = Killed with { Evidence = MemoryEnd.HostKiller, Footprint = victim.Report(now, isRead: true).Footprint };
            Remove(victim, node, now, redone: true);
            inputs.Add(new AttemptEnded(victim.Attempt, report));
        }
    }

    private void Perform(in GuardAction action, DateTimeOffset now, List<Input> inputs)
    {
        if (!alive.TryGetValue(action.Attempt, out (ModelledAttempt Attempt, ModelledNode Node) found))
        {
            return;
        }

        switch (action.Kind)
        {
            case GuardActionKind.Freeze or GuardActionKind.Thaw:
                Tally.Freezes += action.Kind == GuardActionKind.Freeze ? 1 : 0;
                found.Attempt.Freeze(now, action.Kind == GuardActionKind.Freeze);
                if (!found.Attempt.IsFrozen)
                {
                    coming.Post(found.Attempt.EndsAt, new VirtualEvent(VirtualEventKind.End, found.Node.Id.Value, action.Attempt, found.Attempt.Version));
                }

                break;
            case GuardActionKind.Evict:
                Tally.Evictions++;
                AttemptFootprint? footprint = found.Attempt.Report(now, isRead: true).Footprint;
                Remove(found.Attempt, found.Node, now, redone: true);
                inputs.Add(new AttemptEnded(action.Attempt, Killed with { Footprint = footprint }));
                break;
            default:
                break;
        }
    }

    private void Look(ModelledNode node, DateTimeOffset now, TimeSpan after)
    {
        TimeSpan least = TimeSpan.FromMilliseconds(50);
        DateTimeOffset at = now + (after > least ? after : least);
        if (node.ReadingAt is not { } due || due > at)
        {
            node.ReadingAt = at;
            coming.Post(at, new VirtualEvent(VirtualEventKind.Reading, node.Id.Value, default, ++node.ReadingVersion));
        }
    }

    private void Remove(ModelledAttempt attempt, ModelledNode node, DateTimeOffset now, bool redone)
    {
        alive.Remove(attempt.Attempt);
        node.Live.Remove(attempt);
        LiveCores -= attempt.Cores;
        HeldBytes -= options.IsRead ? 0 : attempt.Work.SettledBytes;
        if (node.Live.Count == 0 && options.IsRead)
        {
            HeldBytes -= node.HeldBytes;
            node.HeldBytes = 0;
        }

        double seconds = attempt.Age(now);
        Tally.RedoneSeconds += redone ? seconds : 0;
        Tally.UsefulSeconds += redone ? 0 : seconds;
    }
}
