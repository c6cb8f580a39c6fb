using System.Runtime.InteropServices;
using Plimsoll.Core;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>One seed: Plimsoll's kernel, a slow journal and failing machines in virtual time, with every turn held against the invariants.</summary>
/// <remarks>Faults come for two minutes; then everything is put right, and everything that was accepted must end.</remarks>
internal sealed class FaultWorld
{
    private const int MostTurns = 20_000;
    private const int TurnsPerExplanation = 4;
    private const double TroubledSeconds = 120;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ExitReport Terminated = new(null, 15, null, false, default, default, null);

    private readonly Random random;
    private readonly FaultScenario scenario;
    private readonly FaultScript script;
    private readonly FaultPlan plan;
    private readonly Func<KernelStart, IScheduler> make;
    private readonly VirtualQueue<FaultEvent> coming = new();
    private readonly FaultJournal journal = new();
    private readonly FaultMachines machines = new();
    private readonly HashSet<int> down = [];
    private readonly HashSet<AttemptId> revoked = [];
    private readonly List<Input> inputs = [];
    private IScheduler scheduler;
    private FactLedger ledger;
    private DateTimeOffset now = Start;
    private TimeSpan skew;
    private DateTimeOffset? wakeAt;
    private int life = 1;
    private long turns;
    private bool committing;

    /// <param name="make">The kernel; tests put one here that is broken on purpose.</param>
    public FaultWorld(int seed, Func<KernelStart, IScheduler>? make = null)
    {
        Seed = seed;
        this.make = make ?? (static start => new ProductionScheduler(start));
        random = new Random(unchecked(seed * 31) + 7);
        scenario = new FaultScenario(seed);
        script = new FaultScript(seed, scenario.FailFirst);
        plan = new FaultPlan(random, scenario);
        ledger = new FactLedger(scenario);
        scheduler = this.make(new KernelStart((ulong)seed, life, default));
    }

    public int Seed { get; }

    /// <summary>As the loop's clock: the wall clock at Plimsoll's start, never behind the journal, and from there the time that passes.</summary>
    private DateTimeOffset KernelNow => now + skew;

    public FaultRun Run()
    {
        inputs.Add(new SetLimits(scenario.Limits));
        for (int node = 1; node < scenario.Nodes.Length; node++)
        {
            inputs.Add(new SetNode(new NodeId(node), scenario.Nodes[node]));
        }

        inputs.AddRange([new OpenRun(1, "faults", "{}"), new AddTasks(new RunId(1), scenario.Block, new RunDocument(default, [], [])), new SealRun(new RunId(1))]);
        Turn();

        // What was accepted is acknowledged only once it is durable; faults begin after that.
        Commit();
        plan.Post(coming, now, TimeSpan.FromSeconds(TroubledSeconds));
        while (ledger.Broken is null && Step())
        {
        }

        Settle();
        return new FaultRun(Seed, turns, plan.Counts, ledger.Broken);
    }

    private bool Step()
    {
        DateTimeOffset? wake = wakeAt is { } at ? now + (at > KernelNow ? at - KernelNow : TimeSpan.Zero) : null;
        DateTimeOffset? next = coming.Next is { } due && !(wake < due) ? due : wake;
        if (next is not { } time)
        {
            return false;
        }

        if (turns > MostTurns)
        {
            ledger.Break($"the kernel took more than {MostTurns} turns: it wakes for nothing");
            return false;
        }

        now = time > now ? time : now;
        while (coming.TryTake(now, out FaultEvent item))
        {
            Take(item);
        }

        Turn();
        return true;
    }

    private void Take(FaultEvent item)
    {
        switch (item)
        {
            case { Fault: FaultKind.NodeLoss }:
                LoseNode();
                break;
            case { Fault: FaultKind.Restart }:
                Restart();
                break;
            case { Return: { } node }:
                down.Remove(node.Value);
                inputs.Add(new SetNode(node, scenario.Nodes[node.Value]));
                break;
            case { End: { } end } when machines.End(end.Attempt, end.Report):
                Report(new AttemptEnded(end.Attempt, end.Report));
                break;
            case { Life: var of } when of != 0 && of != life:
                break;
            case { Commit: true }:
                Commit();
                break;
            case { Effect: { } effect }:
                Perform(effect);
                break;
            case { Input: { } input }:
                inputs.Add(input);
                break;
            default:
                break;
        }
    }

    private void Turn()
    {
        if (inputs.Count == 0 && !(wakeAt <= KernelNow))
        {
            return;
        }

        turns++;
        Turn turn = scheduler.Apply(CollectionsMarshal.AsSpan(inputs), KernelNow);
        inputs.Clear();
        wakeAt = turn.WakeAt;
        foreach (Fact fact in turn.Facts)
        {
            ledger.Take(fact);
        }

        foreach (Effect effect in turn.Effects)
        {
            if (!effect.Gated)
            {
                Perform(effect);
            }
        }

        journal.Add(turn);
        if (!committing)
        {
            committing = true;
            coming.Post(now + plan.CommitTime(), new FaultEvent { Commit = true, Life = life });
        }

        if (turns % TurnsPerExplanation == 0)
        {
            Explain();
        }
    }

    private void Commit()
    {
        committing = false;
        foreach (Effect effect in journal.Commit())
        {
            coming.Post(now + TimeSpan.FromMilliseconds(random.Next(3)), new FaultEvent { Effect = effect, Life = life });
        }
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case StartAttempt start when !down.Contains(start.Node.Value) && !revoked.Contains(start.Attempt):
                Begin(start);
                break;
            case KillAttempt kill when machines.IsAlive(kill.Attempt):
                coming.Post(now + TimeSpan.FromMilliseconds(random.Next(1, 200)), new FaultEvent { End = (kill.Attempt, Terminated) });
                break;
            case KillAttempt kill when machines.ExitOf(kill.Attempt) is null && revoked.Add(kill.Attempt):
                Report(new AttemptEnded(kill.Attempt, Terminated));
                break;
            case EvaluateCondition condition:
                bool holds = condition.Task.Ordinal % 3 != 0;
                coming.Post(now, new FaultEvent { Input = new ConditionEvaluated(condition.Task, holds, holds ? null : "it is false"), Life = life });
                break;
            default:
                break;
        }
    }

    private void Begin(StartAttempt start)
    {
        AttemptId attempt = start.Attempt;
        if (!journal.Durable.Any(fact => fact is AttemptAdmitted admitted && admitted.Attempt == attempt))
        {
            ledger.Break($"attempt {attempt} was started before the journal had it");
        }

        if (!machines.Start(attempt, start.Node))
        {
            ledger.Break($"two attempts of task {attempt.Task} live at once");
        }

        ExitReport report = script.Of(attempt, out TimeSpan? lasts, out FaultKind? fault);
        plan.Count(fault);
        if (report.StartError is null)
        {
            Report(new AttemptStarted(attempt, new ProcessIdentity(1, 1, "boot")));
        }

        if (lasts is { } time)
        {
            coming.Post(now + time, new FaultEvent { End = (attempt, report) });
        }
    }

    /// <summary>Tells Plimsoll, perhaps late, perhaps twice.</summary>
    private void Report(Input input)
    {
        foreach (TimeSpan delay in plan.Delays())
        {
            coming.Post(now + delay, new FaultEvent { Input = input, Life = life });
        }
    }

    private void LoseNode()
    {
        var node = new NodeId(random.Next(scenario.Nodes.Length));
        if (!down.Add(node.Value))
        {
            return;
        }

        // What was decided for it before reaches nobody, also when it is back by then.
        revoked.UnionWith(ledger.Live.Values.Where(live => live.Node == node).Select(static live => live.Attempt));
        machines.Lose(node);
        inputs.Add(new SetNode(node, null));
        coming.Post(now + TimeSpan.FromSeconds(random.Next(1, 20)), new FaultEvent { Return = node });
    }

    /// <summary>Plimsoll dies: what was not durable never was. The next one folds the journal and takes over what lives.</summary>
    private void Restart()
    {
        life++;
        committing = false;
        inputs.Clear();
        journal.Lose();
        skew += plan.ClockJump();
        skew = now + skew < journal.LastAt ? journal.LastAt - now : skew;
        scheduler = make(new KernelStart((ulong)Seed, life, new RunId(1)));
        var again = new FactLedger(scenario);
        foreach (Fact fact in journal.Durable)
        {
            scheduler.Fold(fact);
            again.Take(fact);
        }

        if (ledger.Broken is { } broken)
        {
            again.Break(broken);
        }

        ledger = again;
        wakeAt = KernelNow;
        foreach (int node in Enumerable.Range(0, scenario.Nodes.Length))
        {
            inputs.Add(new SetNode(new NodeId(node), down.Contains(node) ? null : scenario.Nodes[node]));
        }

        foreach (AttemptId attempt in scheduler.LiveAttempts())
        {
            inputs.Add(machines.IsAlive(attempt) ? new AttemptAdopted(attempt, false) : new AttemptEnded(attempt, machines.ExitOf(attempt) ?? ExitReport.Lost));
        }
    }

    /// <summary>Every task that waits can say for what.</summary>
    private void Explain()
    {
        for (int ordinal = 0; ordinal < scenario.Block.Count; ordinal++)
        {
            var task = new TaskId(new RunId(1), ordinal);
            if (ledger.EndOf(task) is null && !ledger.Live.ContainsKey(task) && scheduler.Explain(task, KernelNow).Reasons.IsEmpty)
            {
                ledger.Break($"task {task} waits and cannot say for what");
            }
        }
    }

    private string FirstLeft()
    {
        TaskId left = Enumerable.Range(0, scenario.Block.Count).Select(static ordinal => new TaskId(new RunId(1), ordinal)).FirstOrDefault(task => ledger.EndOf(task) is null);
        Core.Explain.Explanation why = scheduler.Explain(left, KernelNow);
        return $"{why.Name} is {why.State}, {why.Reasons.FirstOrDefault()?.Message ?? "and cannot say why"}";
    }

    /// <summary>With nothing more to come, everything that was accepted has ended, and nothing lives.</summary>
    private void Settle()
    {
        if (ledger.AcceptedCount != scenario.Block.Count || ledger.EndedCount != ledger.AcceptedCount)
        {
            ledger.Break($"{ledger.AcceptedCount} of {scenario.Block.Count} tasks were accepted and {ledger.EndedCount} have ended, though nothing more can happen: {FirstLeft()}");
        }

        if (machines.AliveCount > 0 || scheduler.LiveAttempts().Count > 0)
        {
            ledger.Break($"{machines.AliveCount} attempts live on the nodes and {scheduler.LiveAttempts().Count} in the kernel after the end");
        }
    }
}
