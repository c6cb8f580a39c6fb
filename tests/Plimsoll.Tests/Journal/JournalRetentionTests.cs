using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Journal;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.Sqlite;
using Plimsoll.Journal.State;
using Xunit;

namespace Plimsoll.Tests.Journal;

public sealed class JournalRetentionTests : IAsyncLifetime
{
    private readonly StateFolder folder = StateFolder.Create(Directory.CreateTempSubdirectory("plimsoll-retention-").FullName);
    private SqliteJournal journal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JournalRetention Retention => new(folder, new SqliteUpkeep(folder.JournalPath, SqliteJournalOptions.Default));

    public async ValueTask InitializeAsync()
    {
        journal = await SqliteJournal.OpenAsync(folder.JournalPath, SqliteJournalOptions.Default, TimeProvider.System, Token);
        await Run(1, TaskState.Succeeded, finished: true);
        await Run(2, TaskState.Dead, finished: true);
        await Run(3, TaskState.Retrying, finished: false);
        await Run(4, TaskState.Succeeded, finished: true);
    }

    public async ValueTask DisposeAsync()
    {
        await journal.DisposeAsync();
        Directory.Delete(folder.Path, recursive: true);
    }

    [Fact]
    public async Task A_plan_says_what_goes_and_removes_nothing()
    {
        RetentionPlan plan = await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token);
        Assert.Equal([(1, true), (2, false), (4, true)], plan.Runs.Select(run => (run.Run.Value, run.Whole)));
        Assert.Equal(3 * 1000, plan.OutputBytes.Value);
        Assert.True(Directory.Exists(Path.Combine(folder.RunsPath, "1")));
        await using SqliteJournalReader reader = await Read();
        Assert.Equal(4, (await reader.RunsAsync(9, Token)).Count);
    }

    [Fact]
    public async Task Old_runs_go_and_evidence_of_live_and_dead_tasks_stays()
    {
        RetentionPlan plan = await Retention.PlanAsync(new RetentionPolicy(TimeSpan.Zero, new Bytes(long.MaxValue)), JournalSamples.At(1000), Token);
        Assert.Equal(3, (await Retention.ApplyAsync(plan, Token)).Count);
        await using SqliteJournalReader reader = await Read();
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

    private async Task<SqliteJournalReader> Read() => await SqliteJournalReader.OpenAsync(folder.JournalPath, SqliteJournalOptions.Default, Token);

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
