using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;

namespace Plimsoll.Tests.Journal;

/// <summary>Facts of every kind, with values that differ from their defaults.</summary>
internal static class JournalSamples
{
    internal static DateTimeOffset At(int second) => new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddSeconds(second).AddTicks(second);

    internal static TaskId Task(int run, int ordinal) => new(new RunId(run), ordinal);

    internal static AttemptId Attempt(int run, int ordinal, int number, long fence) => new(Task(run, ordinal), number, fence);

    internal static RunOpened Opened(int run) => new(At(0), new RunId(run), 1000 + run, $"run {run} – 夜", """{"argv":["plimsoll","run"]}""");

    /// <summary>Tasks t0..tn-1 in a chain with names, classes and bindings that need care.</summary>
    internal static TasksAdded Tasks(int run, int first, int count)
    {
        Utf8Arena names = new(count);
        for (int i = 0; i < count; i++)
        {
            names.Add($"t{first + i}");
        }

        return Added(run, first, names, new RunDocument(new byte[] { 123, 0, 125 }, [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? null : $$"""{"file":"{{i}}.cs"}""")]), ["light", "heavy"]);
    }

    internal static TasksAdded Added(int run, int first, Utf8Arena names, RunDocument document, params ImmutableArray<string> classes)
    {
        int count = names.Count;
        TaskBlock block = new()
        {
            Names = names,
            // The journal of version 1 that is kept as a fixture knows these two, and no sizes.
            Shapes = [.. classes.Select((name, i) => new TaskShape(name, [new LockClaim("gpu ü", LockMode.Counted, 2), new LockClaim("db", LockMode.Shared, 1)], 1.5 + i, i == 0 ? null : new Bytes(1L << 40), i == 1) { Size = name is "light" or "heavy" ? 0 : 2.5 })],
            Policies = [TaskPolicy.Default, new TaskPolicy(new RetryPolicy(3, new BackoffPolicy(TimeSpan.FromMilliseconds(1.5), TimeSpan.FromHours(30)), [AttemptOutcome.Lost, AttemptOutcome.OutOfMemory], [1, 137]), TimeSpan.FromDays(2), TimeSpan.FromSeconds(3), BreakerPolicy.Default)],
            ShapeOf = [.. Enumerable.Range(0, count).Select(i => i % classes.Length)],
            PolicyOf = [.. Enumerable.Range(0, count).Select(i => i % 2)],
            Priority = [.. Enumerable.Range(0, count).Select(i => i - 3)],
            Rank = [.. Enumerable.Range(0, count).Select(i => 0.1f * i)],
            Edges = [.. Enumerable.Range(1, Math.Max(0, count - 1)).Select(i => new TaskEdge(i - 1, i, i % 3 == 0))],
            Conditional = [.. Enumerable.Range(0, count).Where(i => i % 5 == 4)],
        };
        return new TasksAdded(At(1), new RunId(run), first, block, document);
    }

    internal static AttemptAdmitted Admitted(AttemptId attempt, int second) => new(At(second), attempt, new NodeId(3), new Bytes(5_000_000_000));

    internal static AttemptRunning Running(AttemptId attempt, int second) => new(At(second), attempt, new ProcessIdentity(4711, 99_999_999_999, "a-boot"));

    internal static AttemptFinished Succeeded(AttemptId attempt, int second) =>
        new(At(second), attempt, AttemptOutcome.Succeeded, TaskState.Succeeded, null, ExitReport.Success with { Outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = "val\nue", [""] = "ü" }, PeakResident = new Bytes(77), Cpu = TimeSpan.FromTicks(12345) }, null);

    internal static AttemptFinished Failed(AttemptId attempt, int second, TaskState next) =>
        new(At(second), attempt, AttemptOutcome.Failed, next, next == TaskState.Retrying ? At(second + 100) : null, ExitReport.Exited(3) with { OutputsError = "no =", Evidence = MemoryEnd.HeapAbort, Footprint = Footprint() }, "exit code 3");

    internal static AttemptFootprint Footprint() => new(
        new Bytes(1L << 33), new Bytes(1L << 34), 0.125, TimeSpan.FromTicks(17), new Bytes(19), TimeSpan.FromTicks(23), new Bytes(29), ulong.MaxValue - 1, TimeSpan.FromDays(3), 31)
    {
        Curve = [new(TimeSpan.Zero, new Bytes(5)), new(TimeSpan.FromTicks(1), new Bytes(1L << 34))],
    };

    /// <summary>Turns that contain each kind of fact at least once; run 1 stays open.</summary>
    internal static IReadOnlyList<IReadOnlyList<Fact>> EveryKind() =>
    [
        [new LimitsChanged(At(0), new KernelLimits(new ReserveConcurrency(new Bytes(9), new Bytes(8), 7, 0.9, TimeSpan.FromSeconds(4)), new NodeCapacity(new Bytes(6), 2.5), new Bytes(5), ImmutableDictionary<string, int>.Empty.Add("gpu", 4), 3))],
        [Opened(1), Tasks(1, 0, 12), Tasks(1, 12, 3)],
        [Admitted(Attempt(1, 0, 1, 101), 2), Admitted(Attempt(1, 1, 1, 102), 2), Admitted(Attempt(1, 2, 1, 103), 2)],
        [Running(Attempt(1, 1, 1, 102), 3), new PriorityChanged(At(3), Task(1, 9), -5), Running(Attempt(1, 0, 1, 101), 3)],
        [Failed(Attempt(1, 1, 1, 102), 4, TaskState.Retrying), new ConditionSettled(At(4), Task(1, 4)), new AttemptKilled(At(4), Attempt(1, 0, 1, 101), KillReason.TimedOut, "over 2 s")],
        [new AttemptFinished(At(5), Attempt(1, 2, 1, 103), AttemptOutcome.StartFailed, TaskState.Dead, null, ExitReport.NotStarted("no such command 'x'"), "dead"), Succeeded(Attempt(1, 0, 1, 101), 5)],
        [new BreakerChanged(At(6), "heavy", At(60), "5 failures"), new IntakeChanged(At(6), true, "stop"), new BreakerChanged(At(6), "light", null, "probe succeeded")],
        [new TasksCancelled(At(7), [Task(1, 7), Task(1, 5), Task(1, 6)], "asked"), new TasksSkipped(At(7), [Task(1, 3)], Task(1, 2), "t2 is dead")],
        [new TasksRequeued(At(8), [Task(1, 2), Task(1, 3)], "retried"), Admitted(Attempt(1, 1, 2, 104), 8)],
        [new RunSealed(At(9), new RunId(1)), new RunCancelled(At(9), new RunId(1), "asked")],
        [new ClassLearned(At(8), "light", new([new(103, new Bytes(5), new Bytes(7), 0.25, TimeSpan.FromSeconds(2), new Bytes(9), TimeSpan.FromMilliseconds(3), new Bytes(11), ulong.MaxValue, TimeSpan.FromHours(30))], 65, 60, 3, 1.25)), new ClassLearned(At(8), "heavy", Plimsoll.Core.Footprints.ProfileSnapshot.Empty)],
        [new ClassWidthChanged(At(8), "heavy", 1, "3 evictions"), new ClassWidthChanged(At(8), "light", null, "clean"), new NeedRaised(At(8), Task(1, 9), new Bytes(1L << 33), true, "own limit")],
        [new AttemptThawed(At(8), Attempt(1, 1, 2, 104)), new AttemptFrozen(At(8), Attempt(1, 1, 2, 104)), new GuardStepped(At(8), new NodeId(2), new(GuardActionKind.Freeze, GuardCause.Projection, Attempt(1, 1, 2, 104), new Bytes(1), new Bytes(2), new Bytes(-3), new Bytes(4))), new GuardStepped(At(8), default, new(GuardActionKind.Gate, GuardCause.Pressure, default, new Bytes(1), new Bytes(2), new Bytes(3), new Bytes(4)))],
    ];

    /// <summary>Kinds and members that journals know since version 3; to be appended to <see cref="EveryKind"/>.</summary>
    internal static IReadOnlyList<IReadOnlyList<Fact>> SinceVersion3() =>
    [
        [new LimitsChanged(At(10), KernelLimits.Default with { Services = KernelLimits.Default.Services.Add("github", new LimitPolicy(Rate.PerMinute(60), 10)).Add("npm", new LimitPolicy(new Rate(100, TimeSpan.FromSeconds(10)), null)) }, new RunId(1))],
        [Limited(1, 15), new StreamsKept(At(10), Attempt(1, 1, 2, 104), 2)],
        [new ModelUsed(At(11), Attempt(1, 1, 2, 104), new ModelUsage(7, 1L << 40, 5, 4, 3_000_000, 2, TimeSpan.FromTicks(12345))), new ModelUsed(At(11), Attempt(1, 0, 1, 101), new ModelUsage(1, 2, 3, 4, 5, 6, TimeSpan.FromDays(7)))],
    ];

    private static TasksAdded Limited(int run, int first)
    {
        Utf8Arena names = new(1);
        names.Add("limited");
        TasksAdded added = Added(run, first, names, new RunDocument(new byte[] { 123, 125 }, [0], [null]), "drawn");
        return new TasksAdded(At(10), added.Run, first, Shaped(added.Block), added.Document);
    }

    private static TaskBlock Shaped(TaskBlock block) => new()
    {
        Names = block.Names,
        Shapes = [new TaskShape("drawn", [new LockClaim("github", LockMode.Drawn, 3), new LockClaim("anthropic|spare", LockMode.Fed, 1)], 0, null, false)],
        Policies = block.Policies,
        ShapeOf = block.ShapeOf,
        PolicyOf = block.PolicyOf,
        Priority = block.Priority,
        Rank = block.Rank,
        Edges = block.Edges,
        Conditional = block.Conditional,
    };
}
