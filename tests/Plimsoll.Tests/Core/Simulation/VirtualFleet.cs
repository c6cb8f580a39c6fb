using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Drives a kernel in virtual time: performs its effects as scripted, and keeps every fact.</summary>
internal sealed class VirtualFleet
{
    private readonly PriorityQueue<Input, (long Ticks, long Sequence)> coming = new();
    private readonly Dictionary<AttemptId, SimulatedAttempt> alive = [];
    private readonly HashSet<AttemptId> ended = [];
    private long sequence;

    public VirtualFleet(Kernel kernel, DateTimeOffset? now = null)
    {
        Kernel = kernel;
        Now = now ?? Start;
    }

    public VirtualFleet(ConcurrencyPolicy? concurrency = null, long? memory = null, double? cores = null, params (string Name, int Units)[] locks)
        : this(new Kernel(new KernelStart(1, 1, default)))
    {
        Limits = new KernelLimits(
            concurrency ?? new FixedConcurrency(1024, false, null, TimeSpan.FromSeconds(3)),
            new NodeCapacity(memory is { } bytes ? new Bytes(bytes) : null, cores),
            null,
            KernelLimits.Default.LockUnits.AddRange(locks.Select(item => KeyValuePair.Create(item.Name, item.Units))));
        Send(new SetLimits(Limits));
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Kernel Kernel { get; }

    public KernelLimits Limits { get; set; } = KernelLimits.Default;

    public DateTimeOffset Now { get; private set; }

    public List<Fact> Facts { get; } = [];

    public List<Effect> Effects { get; } = [];

    public Turn LastTurn { get; private set; } = new([], [], null);

    /// <summary>What each attempt does; one second of success by default.</summary>
    public Func<AttemptId, string, SimulatedAttempt> Behaviour { get; set; } = static (_, _) => SimulatedAttempt.Succeeds(1);

    /// <summary>The value of each condition.</summary>
    public Func<string, bool> Condition { get; set; } = static _ => true;

    /// <summary>Called after every turn.</summary>
    public Action<Turn>? AfterTurn { get; set; }

    /// <summary>True when attempts report that they have started.</summary>
    public bool ReportsStarts { get; set; } = true;

    public RunId Submit(BlockBuilder block, bool seal = true) => Submit(block.Build(), seal);

    public RunId Submit(TaskBlock block, bool seal = true)
    {
        RunId run = Send(new OpenRun(sequence, "run", "{}")).Facts.OfType<RunOpened>().Single().Run;
        Send(new AddTasks(run, block, BlockBuilder.Document));
        if (seal)
        {
            Send(new SealRun(run));
        }

        return run;
    }

    /// <summary>One turn now.</summary>
    public Turn Send(params Input[] inputs)
    {
        Turn turn = Kernel.Apply(inputs, Now);
        LastTurn = turn;
        Facts.AddRange(turn.Facts);
        Effects.AddRange(turn.Effects);
        foreach (Effect effect in turn.Effects)
        {
            Perform(effect);
        }

        AfterTurn?.Invoke(turn);
        return turn;
    }

    public void Post(TimeSpan after, Input input) => coming.Enqueue(input, ((Now + after).UtcTicks, ++sequence));

    /// <summary>Moves on to the next thing that happens; false when nothing is to come.</summary>
    public bool Step()
    {
        DateTimeOffset? next = LastTurn.WakeAt;
        if (coming.TryPeek(out _, out (long Ticks, long Sequence) at) && !(next?.UtcTicks < at.Ticks))
        {
            next = new DateTimeOffset(at.Ticks, TimeSpan.Zero);
        }

        if (next is not { } time)
        {
            return false;
        }

        Now = time > Now ? time : Now;
        var inputs = new List<Input>();
        while (coming.TryPeek(out _, out at) && at.Ticks <= Now.UtcTicks)
        {
            inputs.Add(coming.Dequeue());
        }

        inputs.RemoveAll(input => input is AttemptEnded end && !ended.Add(end.Attempt));
        inputs.ForEach(input => _ = input is AttemptEnded end && alive.Remove(end.Attempt));
        Send([.. inputs]);
        return true;
    }

    /// <summary>Runs until nothing is to come.</summary>
    public VirtualFleet Finish(int maximumTurns = 100_000)
    {
        while (Step())
        {
            if (--maximumTurns < 0)
            {
                throw new InvalidOperationException("The simulation does not come to an end.");
            }
        }

        return this;
    }

    public void Advance(double seconds)
    {
        DateTimeOffset until = Now + TimeSpan.FromSeconds(seconds);
        Post(until - Now, new SampleTaken(new NodeId(99), NodeSample.Of(default)));
        while (Now < until && Step())
        {
        }
    }

    public TaskId Id(string name, int run = 1)
    {
        RunState state = Kernel.State.Runs.Find(new RunId(run))!;
        for (int ordinal = 0; ordinal < state.Total; ordinal++)
        {
            if (Kernel.State.Tasks.Name(state.Find(ordinal)) == name)
            {
                return new TaskId(state.Id, ordinal);
            }
        }

        throw new ArgumentException($"There is no task {name}.", nameof(name));
    }

    public TaskState State(string name, int run = 1) => Kernel.Explain(Id(name, run), Now).State;

    public Explanation Why(string name, int run = 1) => Kernel.Explain(Id(name, run), Now);

    public string[] Running => [.. Kernel.Snapshot(Now, 0).Live.Select(live => live.Name)];

    /// <summary>Names in the order of their first start.</summary>
    public string[] Started => [.. Facts.OfType<AttemptAdmitted>().Select(admitted => Name(admitted.Attempt.Task))];

    public string Name(TaskId task) => Kernel.State.Tasks.Name(Kernel.State.Runs.Find(task));

    public AttemptId Attempt(string name) => Kernel.LiveAttempts().Single(attempt => Name(attempt.Task) == name);

    /// <summary>Ends a live attempt now.</summary>
    public Turn End(string name, ExitReport? report = null) => End(Attempt(name), report);

    public Turn End(AttemptId attempt, ExitReport? report = null)
    {
        ended.Add(attempt);
        alive.Remove(attempt);
        return Send(new AttemptEnded(attempt, report ?? ExitReport.Success));
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case StartAttempt start:
                SimulatedAttempt script = Behaviour(start.Attempt, Name(start.Attempt.Task));
                alive.Add(start.Attempt, script);
                if (ReportsStarts)
                {
                    Post(TimeSpan.Zero, new AttemptStarted(start.Attempt, new ProcessIdentity(1, 1, "boot")));
                }

                if (script.Lasts is { } lasts)
                {
                    Post(lasts, new AttemptEnded(start.Attempt, script.Report));
                }

                break;
            case KillAttempt kill when alive.TryGetValue(kill.Attempt, out SimulatedAttempt? victim) && victim.KilledAs is { } report:
                Post(TimeSpan.FromMilliseconds(1), new AttemptEnded(kill.Attempt, report));
                break;
            case EvaluateCondition condition:
                bool holds = Condition(Name(condition.Task));
                Post(TimeSpan.Zero, new ConditionEvaluated(condition.Task, holds, holds ? null : "it is false"));
                break;
            default:
                break;
        }
    }
}
