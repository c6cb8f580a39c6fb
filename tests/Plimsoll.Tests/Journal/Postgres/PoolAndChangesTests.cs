using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.Stores;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>Readers share a bounded pool, and wait for changes without asking.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PoolAndChangesTests(SharedServer shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Many_readers_share_few_connections_and_the_use_is_shown()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database), PostgresSettings.Default with { PoolLeast = 1, PoolSize = 3, PoolCeiling = 6 });
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [JournalSamples.Opened(1)], true), Token);
        await using IJournalReader reader = await store.ReadAsync(Token);
        Task<IReadOnlyList<RunRecord>>[] reads = [.. Enumerable.Range(0, 100).Select(_ => reader.RunsAsync(9, Token).AsTask())];
        Assert.All(await Task.WhenAll(reads), runs => Assert.Single(runs));
        PoolUse use = store.Pool!.Value;
        Assert.InRange(use.Limit, 3, 6);
        Assert.Equal((1, 6, 1, 0), (use.Least, use.Ceiling, use.InUse, use.Waiting));
        long open = await shared.Server.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'");
        Assert.InRange(open, 1, 6);
        Assert.Equal(open, use.Open);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_waiter_is_told_of_each_commit_and_of_those_while_it_was_cut_off()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database));
        await using PostgresStore other = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        await using IJournalChanges changes = await other.FollowAsync(Token);
        Task<long> waiting = changes.WaitAsync(0, Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [JournalSamples.Opened(1)], true), Token);
        Assert.Equal(1, await waiting);
        Assert.Equal(1, await changes.WaitAsync(0, Token));

        waiting = changes.WaitAsync(1, Token).AsTask();
        await shared.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        await journal.AppendAsync(new FactBatch(journal.Epoch, 2, [JournalSamples.Opened(2)], true), Token);
        Assert.Equal(2, await waiting);
    }

    [Fact]
    public async Task People_can_read_it_with_psql()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        foreach (IReadOnlyList<Fact> turn in JournalSamples.EveryKind().Concat(JournalSamples.SinceVersion3()))
        {
            await journal.AppendAsync(new FactBatch(journal.Epoch, journal.Sequence + 1, turn, true), Token);
        }

        foreach (string view in (string[])["run_view", "task_view", "attempt_view", "event_view", "edge", "usage_view"])
        {
            Assert.True(await shared.Server.ScalarAsync<long>($"SELECT count(*) FROM {view}", database) > 0, view);
        }

        Assert.Equal("succeeded", await shared.Server.ScalarAsync<string>("SELECT state FROM task_view WHERE ordinal = 0", database));
    }

    [Fact]
    public async Task Text_with_a_NUL_is_kept_everywhere()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        const string Odd = "a\0b \\u0000 \uF8F0 \\\0";
        Fact[] facts = [JournalSamples.Opened(1), new RunCancelled(JournalSamples.At(1), new RunId(1), Odd), new BreakerChanged(JournalSamples.At(1), Odd, null, Odd)];
        Assert.Equal(AppendResult.Committed, await journal.AppendAsync(new FactBatch(journal.Epoch, 1, facts, true), Token));
        List<Fact> back = await journal.RecoverAsync(Token).ToListAsync(Token);
        Assert.Equal(facts.Select(FactText.Of), back.Select(FactText.Of));
    }
}
