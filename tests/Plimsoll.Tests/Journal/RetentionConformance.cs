using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.State;
using Plimsoll.Journal.Stores;
using Xunit;

namespace Plimsoll.Tests.Journal;

/// <summary>What retention promises on every store; a class per store derives from it.</summary>
public abstract class RetentionConformance : IAsyncLifetime
{
    private readonly StateFolder folder = StateFolder.Create(Directory.CreateTempSubdirectory("plimsoll-retention-").FullName);
    private IJournalStore store = null!;
    private WatchedJournal journal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JournalRetention Retention => new(folder, store.Upkeep);

    public async ValueTask InitializeAsync()
    {
        store = await StoreAsync(folder);
        journal = (await store.OpenAsync(Token)).Journal!;
        await Run(1, TaskState.Succeeded, finished: true);
        await Run(2, TaskState.Dead, finished: true);
        await Run(3, TaskState.Retrying, finished: false);
        await Run(4, TaskState.Succeeded, finished: true);
    }

    public async ValueTask DisposeAsync()
    {
        await journal.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder.Path, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<IJournalStore> StoreAsync(StateFolder state);

    [Fact]
    public async Task A_plan_says_what_goes_and_removes_nothing()
    {
        RetentionPlan plan = await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token);
        Assert.Equal([(1, true), (2, false), (4, true)], plan.Runs.Select(run => (run.Run.Value, run.Whole)));
        Assert.Equal(3 * 1000, plan.OutputBytes.Value);
        Assert.True(Directory.Exists(Path.Combine(folder.RunsPath, "1")));
        await using IJournalReader reader = await Read();
        Assert.Equal(4, (await reader.RunsAsync(9, Token)).Count);
    }

    [Fact]
    public async Task Old_runs_go_and_evidence_of_live_and_dead_tasks_stays()
    {
        RetentionPlan plan = await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token);
        Assert.Equal(3, (await Retention.ApplyAsync(plan, Token)).Count);
        await using IJournalReader reader = await Read();
        Assert.Equal([3, 2], (await reader.RunsAsync(9, Token)).Select(run => run.Run.Value));
        Assert.Empty(await reader.AttemptsAsync(JournalSamples.Task(1, 0), Token));
        Assert.Empty(await reader.FactsAsync(new RunId(4), Token).ToListAsync(Token));
        Assert.Single(await reader.AttemptsAsync(JournalSamples.Task(2, 0), Token));
        Assert.False(Directory.Exists(Path.Combine(folder.RunsPath, "1")));
        Assert.True(File.Exists(folder.Attempt(JournalSamples.Task(2, 0), 1).Out));
        Assert.False(File.Exists(folder.Attempt(JournalSamples.Task(2, 1), 1).Out));
        Assert.True(File.Exists(folder.Attempt(JournalSamples.Task(3, 0), 1).Out));
        Assert.Equal(4, journal.LastRun.Value);
        Assert.Equal(AppendResult.Committed, await journal.AppendAsync(new FactBatch(journal.Epoch, journal.Sequence + 1, [JournalSamples.Opened(5)], true), Token));
    }

    [Fact]
    public async Task Young_runs_stay_until_there_is_too_much()
    {
        Assert.Empty((await Retention.PlanAsync(RetentionPolicy.Default, JournalSamples.At(1000), Token)).Runs);
        RetentionPlan plan = await Retention.PlanAsync(RetentionPolicy.Default with { Size = Bytes.Zero }, JournalSamples.At(1000), Token);
        Assert.Equal([1, 2, 4], plan.Runs.Select(run => run.Run.Value));
    }

    [Fact]
    public async Task A_run_that_was_retried_after_the_plan_stays()
    {
        RetentionPlan plan = await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token);
        await Append(new TasksRequeued(JournalSamples.At(500), [JournalSamples.Task(1, 0)], "retry"));
        Assert.Equal([2, 4], (await Retention.ApplyAsync(plan, Token)).Select(run => run.Run.Value));
        Assert.True(File.Exists(folder.Attempt(JournalSamples.Task(1, 0), 1).Out));
    }

    [Fact]
    public async Task A_purged_letter_is_one_until_its_task_dies_again()
    {
        PurgedLetters letters = new(folder, store.Upkeep);
        Assert.Equal([JournalSamples.Task(2, 0)], (await letters.PurgeAsync([JournalSamples.Task(2, 0)], true, JournalSamples.At(5), Token)).Gone);
        Assert.Empty(await letters.ReadAsync(Token));
        Assert.Equal([JournalSamples.Task(2, 0)], (await letters.PurgeAsync([JournalSamples.Task(2, 0), JournalSamples.Task(1, 0)], false, JournalSamples.At(5), Token)).Gone);
        Assert.Equal([JournalSamples.Task(2, 0)], await letters.ReadAsync(Token));
        Assert.True(Assert.Single((await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token)).Runs, run => run.Run.Value == 2).Whole);
        AttemptId again = JournalSamples.Attempt(2, 0, 2, 99);
        await Append(JournalSamples.Admitted(again, 6), JournalSamples.Failed(again, 7, TaskState.Dead));
        Assert.Empty(await letters.ReadAsync(Token));
    }

    [Fact]
    public async Task Of_old_changes_of_the_whole_journal_the_newest_of_each_stays()
    {
        await Append(new BreakerChanged(JournalSamples.At(1), "a", null, "one"), new BreakerChanged(JournalSamples.At(2), "a", null, "two"), new BreakerChanged(JournalSamples.At(2), "b", null, "three"));
        await store.Upkeep.TidyAsync(JournalSamples.At(100), Token);
        Assert.Equal(["two", "three"], (await journal.RecoverAsync(Token).ToListAsync(Token)).OfType<BreakerChanged>().Select(fact => fact.Reason));
        Assert.True(await store.Upkeep.SizeAsync(Token) > 0);
    }

    private async Task<IJournalReader> Read() => await store.ReadAsync(Token);

    private async Task Run(int run, TaskState first, bool finished)
    {
        AttemptId one = JournalSamples.Attempt(run, 0, 1, run * 10);
        AttemptId two = JournalSamples.Attempt(run, 1, 1, (run * 10) + 1);
        AttemptFinished end = first == TaskState.Succeeded ? JournalSamples.Succeeded(one, 3) : JournalSamples.Failed(one, 3, first);
        List<Fact> facts = [JournalSamples.Opened(run), JournalSamples.Tasks(run, 0, 2), JournalSamples.Admitted(one, 2), JournalSamples.Admitted(two, 2), end, JournalSamples.Succeeded(two, 3)];
        if (finished)
        {
            facts.Add(new RunFinished(JournalSamples.At(3), new RunId(run)));
        }

        await Append([.. facts]);
        foreach (AttemptId attempt in (AttemptId[])[one, two])
        {
            AttemptPaths paths = folder.Attempt(attempt.Task, attempt.Number);
            paths.CreateFolder();
            await File.WriteAllBytesAsync(paths.Out, new byte[first == TaskState.Succeeded ? 500 : 1000], Token);
        }
    }

    private async Task Append(params Fact[] facts) =>
        Assert.Equal(AppendResult.Committed, await journal.AppendAsync(new FactBatch(journal.Epoch, journal.Sequence + 1, facts, true), Token));
}
