using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal;

/// <summary>What every journal promises; a class per journal derives from it.</summary>
public abstract class JournalConformance : IAsyncLifetime
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private IJournal Journal { get; set; } = null!;

    public async ValueTask InitializeAsync() => Journal = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the journal as its next writer; the content stays.</summary>
    protected abstract Task<IJournal> OpenAsync();

    protected abstract Task<IJournalReader> ReadAsync();

    protected abstract Task CleanUpAsync();

    [Fact]
    public async Task Every_kind_of_fact_comes_back_in_order()
    {
        IReadOnlyList<IReadOnlyList<Fact>> turns = JournalSamples.EveryKind();
        await Append(turns);
        await using IJournalReader reader = await ReadAsync();
        List<Fact> back = await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token);
        IEnumerable<Fact> expected = turns.SelectMany(turn => turn).Where(fact => fact is not (LimitsChanged or BreakerChanged or IntakeChanged or ClassLearned or ClassWidthChanged) && !(fact is GuardStepped step && step.Action.Attempt == default));
        Assert.Equal(expected.Select(FactText.Of), back.Select(FactText.Of));
    }

    [Fact]
    public async Task Limits_of_services_and_the_use_of_models_come_back_in_order()
    {
        IReadOnlyList<IReadOnlyList<Fact>> turns = [.. JournalSamples.EveryKind(), .. JournalSamples.SinceVersion3()];
        await Append(turns);
        await using IJournalReader reader = await ReadAsync();
        List<Fact> back = await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token);
        Assert.Equal(JournalSamples.SinceVersion3().SelectMany(turn => turn).Select(FactText.Of), back.Select(FactText.Of).TakeLast(5));
    }

    [Fact]
    public async Task Of_the_use_of_an_attempt_the_newest_is_kept()
    {
        AttemptId attempt = JournalSamples.Attempt(1, 1, 2, 104);
        ModelUsage last = new(3, 30, 2, 20, 1_500_000, 1, TimeSpan.FromSeconds(4));
        await Append([.. JournalSamples.EveryKind(), .. JournalSamples.SinceVersion3(), [new ModelUsed(JournalSamples.At(12), attempt, last)]]);
        await using IJournalReader reader = await ReadAsync();
        List<ModelUsed> used = [.. (await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token)).OfType<ModelUsed>()];
        Assert.Equal([JournalSamples.Attempt(1, 0, 1, 101), attempt], used.Select(fact => fact.Attempt));
        Assert.Equal(last, used[1].Usage);
        Assert.Equal(last, (await reader.AttemptsAsync(attempt.Task, Token)).Single(record => record.Attempt == attempt).Usage);
        Assert.Null((await reader.AttemptsAsync(attempt.Task, Token))[0].Usage);
        Assert.Equal((4L, 1_500_005L), ((await reader.RunAsync(new RunId(1), Token))!.Usage.Calls, (await reader.RunAsync(new RunId(1), Token))!.Usage.MicroDollars));
    }

    [Fact]
    public async Task Recovery_gives_unfinished_runs_and_the_newest_of_each_global_fact()
    {
        IReadOnlyList<IReadOnlyList<Fact>> turns = JournalSamples.EveryKind();
        await Append(turns);
        await Append([JournalSamples.Opened(2), JournalSamples.Tasks(2, 0, 1), new RunSealed(JournalSamples.At(20), new RunId(2))], [JournalSamples.Admitted(JournalSamples.Attempt(2, 0, 1, 105), 21)],
            [JournalSamples.Succeeded(JournalSamples.Attempt(2, 0, 1, 105), 22), new RunFinished(JournalSamples.At(22), new RunId(2)), new IntakeChanged(JournalSamples.At(22), false, "go on")]);
        await Reopen();
        List<Fact> back = await Journal.RecoverAsync(Token).ToListAsync(Token);
        List<string> expected = [.. turns.SelectMany(turn => turn).Where(fact => fact is not IntakeChanged).Select(FactText.Of), FactText.Of(new IntakeChanged(JournalSamples.At(22), false, "go on"))];
        Assert.Equal(expected, back.Select(FactText.Of));
        Assert.Equal(2, Journal.LastRun.Value);
        Assert.Equal(JournalSamples.At(22), Journal.LastAt);
    }

    [Fact]
    public async Task Of_the_records_of_a_service_the_newest_of_a_key_is_kept_and_listed_in_order()
    {
        DateTimeOffset at = JournalSamples.At(1);
        await Append([new RecordsChanged(at, [new("message", "b", """{"n":1}"""), new("message", "a ü", """{"n":2}"""), new("token", "a", "{}")], true)],
            [new RecordsChanged(at, [new("message", "b", """{"n":3}"""), new("message", "B", "{}")], false), new RecordsChanged(at, [new("token", "a", null), new("token", "unknown", null)], true)]);
        await Reopen();
        await using IJournalReader reader = await ReadAsync();
        Assert.Equal([new("message", "B", "{}"), new("message", "a ü", """{"n":2}"""), new ServiceRecord("message", "b", """{"n":3}""")], await reader.RecordsAsync("message", "", 10, Token));
        Assert.Equal([new ServiceRecord("message", "a ü", """{"n":2}""")], await reader.RecordsAsync("message", "B", 1, Token));
        Assert.Empty(await reader.RecordsAsync("token", "", 10, Token));
        Assert.Empty(await Journal.RecoverAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task The_newest_profile_of_each_class_outlives_its_runs()
    {
        var first = new ProfileSnapshot([new(7, new Bytes(1), new Bytes(2), 0.5, default, default, default, default, 3, default) { Size = 2.5 }], 1, 0, 0, 1);
        await Append([new ClassLearned(JournalSamples.At(1), "a", ProfileSnapshot.Empty), new ClassLearned(JournalSamples.At(1), "b ü", first)], [new ClassLearned(JournalSamples.At(2), "a", first with { Measured = 2 })]);
        await Reopen();
        await using IJournalReader reader = await ReadAsync();
        IReadOnlyList<ClassLearned> profiles = await reader.ProfilesAsync(Token);
        Assert.Equal([("b ü", 1L, 1), ("a", 2L, 1)], profiles.Select(fact => (fact.Class, fact.Profile.Measured, fact.Profile.Samples.Length)));
        Assert.Equal(first.Samples[0], profiles[0].Profile.Samples[0]);
    }

    [Fact]
    public async Task What_an_attempt_held_is_read_back_with_it()
    {
        AttemptId attempt = JournalSamples.Attempt(1, 0, 1, 101);
        await Append([JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, 1)], [JournalSamples.Admitted(attempt, 2)], [JournalSamples.Failed(attempt, 3, TaskState.Dead)]);
        await using IJournalReader reader = await ReadAsync();
        AttemptRecord back = Assert.Single(await reader.AttemptsAsync(attempt.Task, Token));
        Assert.Equal(MemoryEnd.HeapAbort, back.Evidence);
        Assert.Equal(JournalSamples.Footprint() with { Curve = [] }, back.Footprint! with { Curve = [] });
        Assert.Equal(JournalSamples.Footprint().Curve, back.Footprint!.Curve);
    }

    [Fact]
    public async Task Limits_chosen_for_a_run_come_back_with_it_and_not_with_another()
    {
        KernelLimits limits = KernelLimits.Default with { LossCap = 7 };
        await Append(
            [JournalSamples.Opened(1), new LimitsChanged(JournalSamples.At(0), limits, new RunId(1))],
            [JournalSamples.Opened(2), new LimitsChanged(JournalSamples.At(1), KernelLimits.Default, new RunId(2))]);
        await using IJournalReader reader = await ReadAsync();
        LimitsChanged back = Assert.Single((await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token)).OfType<LimitsChanged>());
        Assert.Equal((7, new RunId(1)), (back.Limits.LossCap, back.Run));
    }

    [Fact]
    public async Task A_requeued_run_is_recovered_again()
    {
        await Append([JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, 1)], [new TasksCancelled(JournalSamples.At(3), [JournalSamples.Task(1, 0)], "x"), new RunFinished(JournalSamples.At(3), new RunId(1))]);
        Assert.Empty(await Journal.RecoverAsync(Token).ToListAsync(Token));
        await Append([new TasksRequeued(JournalSamples.At(4), [JournalSamples.Task(1, 0)], "again")]);
        Assert.Equal(5, (await Journal.RecoverAsync(Token).ToListAsync(Token)).Count);
    }

    [Fact]
    public async Task A_writer_is_fenced_by_the_next_one()
    {
        await Append([JournalSamples.Opened(1)]);
        IJournal old = Journal;
        Journal = await OpenAsync();
        Assert.Equal(old.Epoch + 1, Journal.Epoch);
        Assert.Equal(AppendResult.Fenced, await old.AppendAsync(new FactBatch(old.Epoch, 2, [JournalSamples.Opened(2)], true), Token));
        Assert.Equal(AppendResult.Committed, await Journal.AppendAsync(new FactBatch(Journal.Epoch, 2, [JournalSamples.Opened(3)], true), Token));
        await old.DisposeAsync();
        await using IJournalReader reader = await ReadAsync();
        Assert.Equal([3, 1], (await reader.RunsAsync(10, Token)).Select(run => run.Run.Value));
    }

    [Fact]
    public async Task A_turn_sent_twice_is_written_once_and_a_gap_is_refused()
    {
        FactBatch first = new(Journal.Epoch, 1, [JournalSamples.Opened(1)], true);
        Assert.Equal(AppendResult.Committed, await Journal.AppendAsync(first, Token));
        Assert.Equal(AppendResult.Committed, await Journal.AppendAsync(first, Token));
        JournalException gap = await Assert.ThrowsAsync<JournalException>(async () => await Journal.AppendAsync(first with { Sequence = 3 }, Token));
        Assert.True(gap.Retryable);
        Assert.Equal(1, Journal.Sequence);
    }

    [Fact]
    public async Task The_sequence_goes_on_after_reopening()
    {
        await Append(JournalSamples.EveryKind());
        string id = Journal.Id;
        long sequence = Journal.Sequence;
        await Reopen();
        Assert.Equal((id, sequence, 2L), (Journal.Id, Journal.Sequence, Journal.Epoch));
    }

    [Fact]
    public async Task Tasks_show_what_the_facts_say()
    {
        await Append(JournalSamples.EveryKind());
        await using IJournalReader reader = await ReadAsync();
        RunRecord run = Assert.Single(await reader.RunsAsync(5, Token));
        Assert.Equal((true, true, null), (run.Sealed, run.Cancelled, run.FinishedAt));
        Assert.Equal(15, run.Counts.Sum());
        Assert.Equal(3, run.Counts[(int)TaskState.Cancelled]);
        Assert.Equal(10, run.Counts[(int)TaskState.Waiting]);
        IReadOnlyList<TaskRecord> tasks = await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, null, 100), Token);
        Assert.Equal(15, tasks.Count);
        Assert.Equal((TaskState.Succeeded, 1, JournalSamples.At(2), JournalSamples.At(5)), (tasks[0].State, tasks[0].Attempts, tasks[0].StartedAt, tasks[0].EndedAt));
        Assert.Equal((TaskState.Frozen, 2, JournalSamples.At(8), null), (tasks[1].State, tasks[1].Attempts, tasks[1].StartedAt, tasks[1].EndedAt));
        Assert.Equal((TaskState.Waiting, "retried"), (tasks[2].State, tasks[2].Reason));
        Assert.Equal((TaskState.Cancelled, "asked", JournalSamples.At(7)), (tasks[6].State, tasks[6].Reason, tasks[6].EndedAt));
        Assert.Equal((-5, "heavy", "t9"), (tasks[9].Priority, tasks[9].Class, tasks[9].Name));
    }

    [Fact]
    public async Task Tasks_are_found_by_state_and_name_and_paged()
    {
        await Append(JournalSamples.EveryKind());
        await using IJournalReader reader = await ReadAsync();
        Assert.Equal(["t5", "t6", "t7"], (await reader.TasksAsync(new TaskQuery(new RunId(1), [TaskState.Cancelled], null, null, 100), Token)).Select(task => task.Name));
        Assert.Equal(["t1", "t2"], (await reader.TasksAsync(new TaskQuery(new RunId(1), [TaskState.Waiting, TaskState.Frozen], null, null, 2), Token)).Select(task => task.Name));
        Assert.Equal([13], (await reader.TasksAsync(new TaskQuery(new RunId(1), [], "t13", null, 2), Token)).Select(task => task.Task.Ordinal));
        Assert.Equal(["t1", "t10", "t11", "t12", "t13", "t14"], (await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, null, 9) { NamePart = "T1" }, Token)).Select(task => task.Name));
        Assert.Empty(await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, null, 9) { NamePart = "t%" }, Token));
        Assert.Empty(await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, null, 9) { NamePart = "t_" }, Token));
        Assert.Equal(["t13", "t14"], (await reader.TasksAsync(new TaskQuery(new RunId(1), [], null, JournalSamples.Task(1, 12), 9), Token)).Select(task => task.Name));
        Assert.Empty(await reader.TasksAsync(new TaskQuery(new RunId(2), [], null, null, 9), Token));
    }

    [Fact]
    public async Task Attempts_outputs_and_events_are_listed()
    {
        await Append(JournalSamples.EveryKind());
        await using IJournalReader reader = await ReadAsync();
        IReadOnlyList<AttemptRecord> attempts = await reader.AttemptsAsync(JournalSamples.Task(1, 1), Token);
        Assert.Equal([(1, AttemptOutcome.Failed), (2, null)], attempts.Select(attempt => (attempt.Attempt.Number, attempt.Outcome)));
        Assert.Equal((3, "a-boot", "exit code 3"), (attempts[0].ExitCode, attempts[0].Process?.BootId, attempts[0].Reason));
        Assert.Equal("val\nue", (await reader.OutputsAsync(JournalSamples.Task(1, 0), Token))["key"]);
        Assert.Empty(await reader.OutputsAsync(JournalSamples.Task(1, 1), Token));
        IReadOnlyList<EventRecord> events = await reader.EventsAsync(new RunId(1), 0, 4, Token);
        Assert.Equal(["run_opened", "tasks_added", "tasks_added", "priority_changed"], events.Select(record => record.Kind));
        EventRecord next = (await reader.EventsAsync(new RunId(1), events[^1].Sequence, 1, Token)).Single();
        Assert.Equal(("condition_settled", JournalSamples.Task(1, 4)), (next.Kind, next.Task));
    }

    [Theory]
    [InlineData("nul \0 inside")]
    [InlineData("-")]
    [InlineData("../etc'\";--")]
    [InlineData("𝒳 \u202e ü\n\t")]
    [InlineData("")]
    public async Task Strange_names_come_back_as_they_were(string name)
    {
        Utf8Arena names = new();
        names.Add(name);
        TasksAdded added = JournalSamples.Added(1, 0, names, new RunDocument(default, [0], [$"\"{name}\""]), name);
        await Append([JournalSamples.Opened(1) with { Name = name }, added]);
        await using IJournalReader reader = await ReadAsync();
        Assert.Equal(name, (await reader.RunAsync(new RunId(1), Token))?.Name);
        TaskRecord task = Assert.Single(await reader.TasksAsync(new TaskQuery(new RunId(1), [], name, null, 5), Token));
        Assert.Equal((name, name), (task.Name, task.Class));
        Assert.Equal(FactText.Of(added), FactText.Of((await reader.FactsAsync(new RunId(1), Token).ToListAsync(Token))[1]));
    }

    [Fact]
    public async Task A_class_of_a_megabyte_comes_back() => await Strange_names_come_back_as_they_were(new string('c', 1 << 20));

    [Fact]
    public async Task A_block_of_many_tasks_comes_back()
    {
        int count = TestLevel.Count(20_000, 100_000, 1_000_000);
        TasksAdded added = JournalSamples.Tasks(1, 0, count);
        await Append([JournalSamples.Opened(1), added], [new TasksSkipped(JournalSamples.At(3), [.. Enumerable.Range(0, count).Select(i => JournalSamples.Task(1, i))], JournalSamples.Task(1, 0), "all")]);
        List<Fact> back = await Journal.RecoverAsync(Token).ToListAsync(Token);
        Assert.Equal(FactText.Of(added), FactText.Of(back[1]));
        Assert.Equal(count, Assert.IsType<TasksSkipped>(back[2]).Tasks.Length);
    }

    [Fact]
    public async Task Readers_beside_the_writer_see_whole_turns()
    {
        await Append([JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, 400)]);
        await using IJournalReader reader = await ReadAsync();
        Task writing = Task.Run(WritePairs, Token);
        int checks = 0;
        do
        {
            RunRecord? run = await reader.RunAsync(new RunId(1), Token);
            Assert.Equal(400, run!.Counts.Sum());
            Assert.Equal(0, (run.Counts[(int)TaskState.Admitted] + run.Counts[(int)TaskState.Succeeded]) % 2);
            checks++;
        }
        while (!writing.IsCompleted);
        await writing;
        Assert.True(checks > 0);
        Assert.Equal(400, (await reader.RunAsync(new RunId(1), Token))!.Counts[(int)TaskState.Succeeded]);

        async Task WritePairs()
        {
            for (int i = 0; i < 400; i += 2)
            {
                AttemptId first = JournalSamples.Attempt(1, i, 1, 1000 + i);
                AttemptId second = JournalSamples.Attempt(1, i + 1, 1, 1001 + i);
                await Append([JournalSamples.Admitted(first, 2), JournalSamples.Admitted(second, 2)], [JournalSamples.Succeeded(first, 3), JournalSamples.Succeeded(second, 3)]);
            }
        }
    }

    [Fact]
    public async Task Reading_what_is_not_there_gives_nothing()
    {
        await Append([JournalSamples.Opened(1)]);
        await using IJournalReader reader = await ReadAsync();
        Assert.Null(await reader.RunAsync(new RunId(9), Token));
        Assert.Empty(await reader.AttemptsAsync(JournalSamples.Task(9, 9), Token));
        Assert.Empty(await reader.FactsAsync(new RunId(9), Token).ToListAsync(Token));
    }

    private async Task Append(params IReadOnlyList<IReadOnlyList<Fact>> turns)
    {
        foreach (IReadOnlyList<Fact> turn in turns)
        {
            bool acknowledges = turn.Any(fact => fact is TasksAdded);
            Assert.Equal(AppendResult.Committed, await Journal.AppendAsync(new FactBatch(Journal.Epoch, Journal.Sequence + 1, turn, acknowledges), Token));
        }
    }

    private async Task Reopen()
    {
        await Journal.DisposeAsync();
        Journal = await OpenAsync();
    }
}
