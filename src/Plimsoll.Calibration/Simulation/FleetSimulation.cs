using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation;

/// <summary>Runs a load through the production kernel in virtual time; deterministic.</summary>
public sealed class FleetSimulation
{
    private const int TurnsPerReport = 4096;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SimulatedLoad load;
    private readonly SimulationOptions options;
    private readonly IScheduler scheduler;
    private readonly VirtualQueue<VirtualEvent> coming = new();
    private readonly Fleet fleet;
    private SeriesRecorder series = new();
    private WaitRecorder waits = new();
    private readonly List<Input> inputs = [];
    private DateTimeOffset now = Start;
    private DateTimeOffset? wakeAt;
    private int succeeded;
    private int ended;
    private bool finished;

    public FleetSimulation(SimulatedLoad load, SimulationOptions options, IScheduler? scheduler = null)
    {
        this.load = options.Policy.KnowsSizes ? load.WithKnownSizes() : load;
        this.options = options;
        this.scheduler = scheduler ?? new ProductionScheduler(new KernelStart((ulong)options.Seed, 1, default));
        fleet = new Fleet(this.load, options, coming);
    }

    /// <param name="progress">Told the share of all tasks that have ended, now and then.</param>
    public SimulationRun Run(TimeProvider clock, Action<double>? progress, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        Begin();
        double first = 0, makespan = 0;
        for (int pass = 1; pass <= options.Passes && (pass == 1 || finished); pass++)
        {
            DateTimeOffset from = now;
            Submit(pass);
            for (int turn = 1; !finished && Step(); turn++)
            {
                if (turn % TurnsPerReport == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Invoke((ended + ((pass - 1.0) * load.Block.Count)) / Math.Max(1, load.Block.Count * options.Passes));
                }
            }

            makespan = (now - from).TotalSeconds;
            first = pass == 1 ? makespan : first;
        }

        waits.Look(scheduler, now);
        return Report(makespan, first, clock.GetElapsedTime(began).TotalSeconds);
    }

    private void Begin()
    {
        foreach (ClassLearned learned in options.Learned)
        {
            scheduler.Fold(learned);
        }

        KernelLimits limits = SimulationLimits.Of(load, options);
        inputs.Add(new SetLimits(limits));
        for (int node = 1; node < options.Nodes.Length; node++)
        {
            inputs.Add(new SetNode(new NodeId(node), SimulationLimits.Capacity(options, options.Nodes[node])));
        }

        if (!options.Policy.KnowsSizes)
        {
            inputs.AddRange(fleet.Nodes.Select(node => new SampleTaken(node.Id, node.Sample(now))));
        }

        if (options.Quotas.Count > 0)
        {
            inputs.Add(new QuotaSampled([.. options.Quotas.Select(static quota => new Plimsoll.Core.Providers.QuotaFeed(quota.Key, quota.Value, 0, 0, "agents"))]));
        }

        foreach (NodeOutage outage in options.Outages)
        {
            coming.Post(Start + outage.At, new VirtualEvent(VirtualEventKind.Failure, outage.Node, default, 0));
            if (outage.Back is { } back)
            {
                coming.Post(Start + back, new VirtualEvent(VirtualEventKind.Return, outage.Node, default, 0));
            }
        }

        Apply();
    }

    private void Submit(int pass)
    {
        // What is reported is of one pass, like its makespan: the last.
        (finished, succeeded, ended) = (false, 0, 0);
        (waits, series, fleet.Tally) = (new WaitRecorder(), new SeriesRecorder(), new MachineTally());
        var run = new RunId(pass);
        inputs.Add(new OpenRun(pass, load.Name, "{}"));
        if (load.Parts.IsEmpty)
        {
            inputs.Add(new AddTasks(run, load.Block, new RunDocument(default, [], [])));
            inputs.Add(new SealRun(run));
        }

        for (int part = 0; part < load.Parts.Length; part++)
        {
            coming.Post(now + load.Parts[part].At, new VirtualEvent(VirtualEventKind.Arrival, 0, new AttemptId(new TaskId(run, 0), 0, 0), part));
        }

        Apply();
    }

    private void Arrive(RunId run, int part)
    {
        bool isLast = part == load.Parts.Length - 1;
        int first = load.Parts[part].First, count = (isLast ? load.Block.Count : load.Parts[part + 1].First) - first;
        if (count > 0)
        {
            inputs.Add(new AddTasks(run, BlockSlice.Of(load.Block, first, count), new RunDocument(default, [], [])));
        }

        if (isLast)
        {
            inputs.Add(new SealRun(run));
        }
    }

    /// <summary>Moves on to the next thing that happens; false when nothing is to come.</summary>
    private bool Step()
    {
        DateTimeOffset? next = coming.Next is { } event0 && !(wakeAt < event0) ? event0 : wakeAt;
        if (next is not { } time || (fleet.LiveCount == 0 && coming.Next is null && wakeAt is null))
        {
            return false;
        }

        if (time > now)
        {
            series.Add((time - now).TotalSeconds, fleet.LiveCount, fleet.HeldBytes, fleet.LiveCores);
            now = time;
        }

        while (coming.TryTake(now, out VirtualEvent due))
        {
            Take(due);
        }

        Apply();
        waits.Look(scheduler, now);
        return true;
    }

    private void Take(in VirtualEvent due)
    {
        ModelledNode node = fleet.Nodes[due.Node];
        switch (due.Kind)
        {
            case VirtualEventKind.End when fleet.End(due, now) is { } end:
                inputs.Add(end);
                break;
            case VirtualEventKind.Reading when node.ReadingVersion == due.Version && node.IsUp:
                fleet.Read(node, now, scheduler, inputs);
                break;
            case VirtualEventKind.Failure when fleet.Fail(due.Node, now):
                inputs.Add(new SetNode(node.Id, null));
                break;
            case VirtualEventKind.Arrival:
                Arrive(due.Attempt.Task.Run, due.Version);
                break;
            case VirtualEventKind.Return when !node.IsUp:
                node.IsUp = true;
                inputs.Add(new SetNode(node.Id, SimulationLimits.Capacity(options, node.Spec)));
                if (!options.Policy.KnowsSizes)
                {
                    inputs.Add(new SampleTaken(node.Id, node.Sample(now)));
                }

                break;
            default:
                break;
        }
    }

    private void Apply()
    {
        // A turn of its own for what a turn asks for at once: conditions, and the ends of what was killed.
        do
        {
            Turn turn = scheduler.Apply(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(inputs), now);
            inputs.Clear();
            wakeAt = turn.WakeAt;
            Count(turn.Facts);
            foreach (Effect effect in turn.Effects)
            {
                Perform(effect);
            }
        }
        while (inputs.Count > 0);
    }

    private void Count(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptFinished finish when finish.Next.HasEnded():
                    ended++;
                    succeeded += finish.Next == TaskState.Succeeded ? 1 : 0;
                    break;
                case TasksSkipped skipped:
                    ended += skipped.Tasks.Length;
                    break;
                case RunFinished:
                    finished = true;
                    break;
                default:
                    break;
            }
        }
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case StartAttempt start:
                fleet.Start(start, now);
                break;
            case KillAttempt kill when fleet.Kill(kill, now) is { } end:
                inputs.Add(end);
                break;
            case EvaluateCondition condition:
                bool holds = !load.Skipped.Contains(condition.Task.Ordinal);
                inputs.Add(new ConditionEvaluated(condition.Task, holds, holds ? null : "it was false when it was recorded"));
                break;
            default:
                break;
        }
    }

    private SimulationRun Report(double makespan, double first, double wallSeconds)
    {
        MachineTally tally = fleet.Tally;
        double cores = options.Nodes.Sum(static node => node.Cores ?? 0);
        double bytes = options.Nodes.Sum(static node => (double)node.MemoryBytes);
        WaitingSnapshot? stuck = finished ? null : scheduler.Line(now, 1).Waiting.FirstOrDefault();
        return new SimulationRun(
            options.Policy.Name, options.Placement, options.Seed, load.Block.Count, options.Nodes.Length, makespan, first, LowerBound.Seconds(load, options),
            succeeded, finished ? 0 : load.Block.Count - ended, stuck is null ? null : $"{stuck.Name}: {stuck.Reason.Message}", wallSeconds)
        {
            CpuUtilisation = cores > 0 && series.Seconds > 0 ? series.CoreSeconds / series.Seconds / cores : 0,
            MemoryUtilisation = bytes > 0 && series.Seconds > 0 ? series.HeldByteSeconds / series.Seconds / bytes : 0,
            MostLive = series.MostLive,
            MostHeldBytes = series.MostHeld,
            MeanLive = series.Seconds > 0 ? series.LiveSeconds / series.Seconds : 0,
            Attempts = tally.Started,
            Evictions = tally.Evictions,
            HostKills = tally.HostKills,
            Lost = tally.Lost,
            Freezes = tally.Freezes,
            RedoneShare = tally.RedoneSeconds / Math.Max(1e-9, tally.RedoneSeconds + tally.UsefulSeconds),
            MeanWaitSeconds = waits.TotalSeconds / Math.Max(1, load.Block.Count),
            Waits = [.. waits.ByCause.Select(pair => KeyValuePair.Create(pair.Key, pair.Value / Math.Max(1e-9, waits.TotalSeconds))).OrderByDescending(static pair => pair.Value)],
            Series = series.ToArray(),
        };
    }
}
