using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>Which faults come when.</summary>
internal sealed class FaultPlan(Random random, FaultScenario scenario)
{
    private const int MostDelayedSeconds = 20;
    private readonly Dictionary<FaultKind, long> counts = [];

    public IReadOnlyDictionary<FaultKind, long> Counts => counts;

    public void Count(FaultKind? fault)
    {
        if (fault is { } kind)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>Posts the faults of a time, and at its end what puts everything right.</summary>
    public void Post(VirtualQueue<FaultEvent> coming, DateTimeOffset from, TimeSpan time)
    {
        DateTimeOffset At() => from + (random.NextDouble() * time);
        Repeat(random.Next(0, 4), FaultKind.NodeLoss, () => coming.Post(At(), new FaultEvent { Fault = FaultKind.NodeLoss }));
        Repeat(random.Next(0, 4), FaultKind.Restart, () => coming.Post(At(), new FaultEvent { Fault = FaultKind.Restart }));
        Repeat(random.Next(0, 8), FaultKind.ForeignInput, () => coming.Post(At(), new FaultEvent { Input = Foreign() }));
        Repeat(random.Next(0, 8), FaultKind.Request, () => coming.Post(At(), new FaultEvent { Input = Request() }));
        coming.Post(from + time, new FaultEvent { Input = new SetIntake(false, "") });
    }

    /// <summary>Usually a millisecond or so, sometimes many seconds.</summary>
    public TimeSpan CommitTime()
    {
        if (random.Next(12) != 0)
        {
            return TimeSpan.FromMilliseconds(random.Next(1, 5));
        }

        Count(FaultKind.JournalDelay);
        return TimeSpan.FromSeconds(random.NextDouble() * 5);
    }

    /// <summary>When an input arrives: once at once as a rule, or later, or twice.</summary>
    public IEnumerable<TimeSpan> Delays()
    {
        int draw = random.Next(8);
        if (draw == 0)
        {
            Count(FaultKind.LateInput);
            yield return TimeSpan.FromSeconds(random.NextDouble() * MostDelayedSeconds);
            yield break;
        }

        yield return TimeSpan.Zero;
        if (draw == 1)
        {
            Count(FaultKind.DuplicatedInput);
            yield return TimeSpan.FromSeconds(random.NextDouble() * MostDelayedSeconds);
        }
    }

    public TimeSpan ClockJump()
    {
        if (random.Next(2) == 0)
        {
            return TimeSpan.Zero;
        }

        Count(FaultKind.ClockJump);
        return TimeSpan.FromSeconds(random.Next(-3600, 3600));
    }

    private Input Foreign()
    {
        var attempt = new AttemptId(new TaskId(new RunId(random.Next(1, 3)), random.Next(0, 40)), random.Next(1, 3), random.Next(0, 100));
        return random.Next(3) switch
        {
            0 => new AttemptEnded(attempt, ExitReport.Success),
            1 => new AttemptStarted(attempt, null),
            _ => new SampleTaken(new NodeId(77), NodeSample.Of(default)),
        };
    }

    /// <summary>Never about the task whose fate is certain.</summary>
    private Input Request()
    {
        int ordinal = random.Next(scenario.Block.Count);
        var task = new TaskId(new RunId(1), scenario.FailFirst.Contains(ordinal) ? 0 : ordinal);
        return random.Next(5) switch
        {
            0 => new CancelTask(task, "asked for"),
            1 or 2 => new RetryTask(task),
            3 => new SetPriority(task, random.Next(5)),
            _ => new SetIntake(random.Next(2) == 0, "asked for"),
        };
    }

    private void Repeat(int times, FaultKind kind, Action post)
    {
        for (int i = 0; i < times; i++)
        {
            Count(kind);
            post();
        }
    }
}
