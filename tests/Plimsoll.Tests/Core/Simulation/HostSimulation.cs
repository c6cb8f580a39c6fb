using System.Collections.Immutable;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>A host with true memory: runs what the kernel starts, reads it four times a second and lets the guard act.</summary>
internal sealed class HostSimulation
{
    private const int StepsPerReading = 5;

    private readonly Dictionary<AttemptId, Life> lives = [];
    private readonly List<AttemptId> order = [];
    private readonly NodeGuard guard = new();
    private GuardView view = GuardView.Empty;
    private int steps;
    private double changedAt;

    public HostSimulation(double gibibytes, VirtualFleet fleet)
    {
        Limit = (long)(gibibytes * (1L << 30));
        Fleet = fleet;
        fleet.Behaviour = static (_, _) => SimulatedAttempt.Hangs();
        fleet.AfterTurn = Take;
        fleet.Send(new SampleTaken(NodeId.Local, Sample()));
    }

    public VirtualFleet Fleet { get; }

    public long Limit { get; }

    /// <summary>What each task truly does.</summary>
    public Func<string, MemoryScript> Script { get; set; } = static _ => MemoryScript.Steady(1, 100);

    /// <summary>What others on the host use at a time since the start.</summary>
    public Func<double, long> Foreign { get; set; } = static _ => 0;

    /// <summary>True when the guard acts on what it reads.</summary>
    public bool Guarded { get; set; } = true;

    /// <summary>Seconds between two looks at the true memory while nothing has started or ended for a while.</summary>
    public double CalmStep { get; set; } = 0.05;

    private double Step => Seconds - changedAt > 5 ? CalmStep : 0.05;

    public long PeakBytes { get; private set; }

    /// <summary>Moments at which more was held than there is: the kernel's killer would have struck.</summary>
    public int Overcommitted { get; private set; }

    public List<GuardAction> Actions { get; } = [];

    public double FrozenSeconds { get; private set; }

    public int MostLive { get; private set; }

    public Action? AfterStep { get; set; }

    public double Seconds => (Fleet.Now - VirtualFleet.Start).TotalSeconds;

    /// <summary>Runs until every task has ended; the time that took in seconds.</summary>
    public double Finish(double most = 100_000)
    {
        double began = Seconds;
        while (lives.Count > 0 || Fleet.Kernel.State.Queues.Active.Count > 0 || Fleet.Kernel.State.Retrying.Count > 0)
        {
            Advance();
            if (Seconds - began > most)
            {
                throw new InvalidOperationException($"The simulation does not end: {string.Join(", ", Fleet.Kernel.Snapshot(Fleet.Now, 3).Waiting.Select(waiting => waiting.Reason.Message))}");
            }
        }

        return Seconds - began;
    }

    public void Advance()
    {
        double step = Step;
        Fleet.Advance(step);
        foreach (AttemptId attempt in order.ToArray())
        {
            Life life = lives[attempt];
            if (life.Frozen)
            {
                FrozenSeconds += step;
                continue;
            }

            life.Age += step;
            if (life.Age >= life.Script.Seconds)
            {
                End(attempt, life.Script.Report);
            }
        }

        long held = Held();
        PeakBytes = Math.Max(PeakBytes, held);
        Overcommitted += held + Foreign(Seconds) > Limit ? 1 : 0;
        MostLive = Math.Max(MostLive, lives.Count);

        // As the engine does: four times a second, five times as often when less than four reserves are free.
        if (++steps % StepsPerReading == 0 || Limit - Foreign(Seconds) - held < Limit / 5)
        {
            Read();
        }

        AfterStep?.Invoke();
    }

    private long Held()
    {
        long held = 0;
        HashSet<ulong> mapped = [];
        foreach (Life life in lives.Values)
        {
            held += life.Bytes + (mapped.Add(life.Script.Executable) ? life.Script.Mapped : 0);
        }

        return held;
    }

    private NodeSample Sample()
    {
        long tasks = lives.Values.Sum(static life => life.Bytes);
        long free = Math.Max(0, Limit - Foreign(Seconds) - Held());
        ImmutableArray<TaskSample> samples = [.. order.Select(attempt => lives[attempt].Sample(attempt))];
        return new NodeSample(new MemorySample(new Bytes(Limit), new Bytes(free), new Bytes(tasks)), samples, null, default) { MappedIsUsed = true };
    }

    private void Read()
    {
        NodeSample sample = Sample();
        foreach (TaskSample task in sample.Tasks)
        {
            Life life = lives[task.Attempt];
            life.Meter.Add(task, Fleet.Now - life.Began);
        }

        ReadOnlySpan<GuardAction> actions = guard.Apply(new GuardSample(Fleet.Now, sample.Memory, sample.Tasks.AsSpan(), null), view);
        if (Guarded && actions.Length > 0)
        {
            GuardAction[] taken = actions.ToArray();
            Actions.AddRange(taken);
            Fleet.Send(new GuardActed(NodeId.Local, [.. taken]));
            Array.ForEach(taken, Perform);
        }

        Fleet.Send(new SampleTaken(NodeId.Local, sample));
    }

    private void Perform(GuardAction action)
    {
        if (!lives.TryGetValue(action.Attempt, out Life? life))
        {
            return;
        }

        life.Frozen = action.Kind switch
        {
            GuardActionKind.Freeze => true,
            GuardActionKind.Thaw => false,
            _ => life.Frozen,
        };
        if (action.Kind == GuardActionKind.Evict)
        {
            End(action.Attempt, SimulatedAttempt.Terminated with { Signal = 9 });
        }
    }

    private void End(AttemptId attempt, ExitReport report)
    {
        if (lives.Remove(attempt, out Life? life))
        {
            order.Remove(attempt);
            AttemptFootprint? footprint = life.Meter.Finish(Fleet.Now - life.Began);
            Fleet.End(attempt, report with { Footprint = footprint, PeakResident = footprint?.Peak ?? default });
        }
    }

    private void Take(Turn turn)
    {
        view = turn.Guard ?? view;
        changedAt = turn.Facts.Any(fact => fact is AttemptAdmitted or AttemptFinished) ? Seconds : changedAt;
        foreach (AttemptFinished finished in turn.Facts.OfType<AttemptFinished>())
        {
            lives.Remove(finished.Attempt);
            order.Remove(finished.Attempt);
        }

        foreach (Effect effect in turn.Effects)
        {
            if (effect is StartAttempt start)
            {
                lives.Add(start.Attempt, new Life(Script(Fleet.Name(start.Attempt.Task)), Fleet.Now));
                order.Add(start.Attempt);
            }
        }
    }

    private sealed class Life(MemoryScript script, DateTimeOffset began)
    {
        public MemoryScript Script { get; } = script;

        public DateTimeOffset Began { get; } = began;

        public FootprintMeter Meter { get; } = new();

        public double Age { get; set; }

        public bool Frozen { get; set; }

        public long Bytes => Script.Bytes(Age);

        public TaskSample Sample(AttemptId attempt) => new(
            attempt, new Bytes(Bytes), new Bytes(Script.Mapped), Script.Executable, TimeSpan.FromSeconds(Math.Min(Age, Script.StartCpuSeconds)), Frozen);
    }
}
