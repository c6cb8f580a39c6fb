using Plimsoll.Core.Ports;
using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.Stores;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>Whatever happens to connection and server, no recorded fact is lost or repeated.</summary>
[Collection(PostgresCollection.Name)]
public sealed class LostConnectionTests(SharedServer shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task Connections_cut_at_any_moment_lose_and_repeat_nothing()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using CuttingRelay relay = new(shared.Server.Port);
        await using PostgresStore store = SharedServer.Store($"postgres://plimsoll@127.0.0.1:{relay.Port}/{database}");
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        Scribe scribe = new(journal);
        Random random = new(20261121);
        for (int cut = 0; cut < TestLevel.Count(20, 60, 500); cut++)
        {
            long quiet = scribe.Written + random.Next(1, 6);
            await scribe.WriteAsync(() => scribe.Written >= quiet, Token);
            relay.Arm((Cut)(1 + (cut % 3)));
            await scribe.WriteAsync(() => !relay.IsArmed, Token);
        }

        await using IJournalReader reader = await store.ReadAsync(Token);
        await scribe.CompareAsync(reader, Token);
        Assert.Equal(JournalHealth.Healthy, journal.Condition.Health);
    }

    [Fact(Timeout = 300_000)]
    public async Task Sessions_ended_by_the_server_under_load_lose_and_repeat_nothing()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        Scribe scribe = new(journal);
        bool enough = false;
        Task writing = scribe.WriteAsync(() => Volatile.Read(ref enough), Token);
        for (int kill = 0; kill < TestLevel.Count(10, 30, 200); kill++)
        {
            long before = scribe.Written;
            await shared.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
            await Until(() => scribe.Written > before + 3, writing);
        }

        Volatile.Write(ref enough, true);
        await writing;
        await using IJournalReader reader = await store.ReadAsync(Token);
        await scribe.CompareAsync(reader, Token);
    }

    [Fact(Timeout = 600_000)]
    public async Task Restarts_of_the_server_under_load_lose_and_repeat_nothing()
    {
        Component.RequireThat(PostgresServer.Programs is not null, "postgresql");
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using PostgresStore store = SharedServer.Store(server.Url("postgres"));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        Scribe scribe = new(journal);
        bool enough = false;
        Task writing = scribe.WriteAsync(() => Volatile.Read(ref enough), Token);
        for (int restart = 0; restart < TestLevel.Count(2, 5, 50); restart++)
        {
            long before = scribe.Written;
            await Until(() => scribe.Written > before + 10, writing);
            await server.StopAsync(restart % 2 == 0 ? "QUIT" : "INT");
            await server.StartAgainAsync();
            long after = scribe.Written;
            await Until(() => scribe.Written > after, writing);
        }

        Volatile.Write(ref enough, true);
        await writing;
        await using IJournalReader reader = await store.ReadAsync(Token);
        await scribe.CompareAsync(reader, Token);
    }

    [Fact(Timeout = 300_000)]
    public async Task Failover_to_a_synchronous_standby_loses_and_repeats_nothing()
    {
        Component.RequireThat(PostgresServer.Programs is not null, "postgresql");
        await using PostgresServer primary = await PostgresServer.StartAsync("synchronous_standby_names=second", "synchronous_commit=local");
        await using PostgresServer standby = await PostgresServer.StandbyOfAsync(primary, "second");
        string url = $"postgres://plimsoll@127.0.0.1:{primary.Port},127.0.0.1:{standby.Port}/postgres";
        await using PostgresStore store = SharedServer.Store(url);
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        Scribe scribe = new(journal);
        bool enough = false;
        Task writing = scribe.WriteAsync(() => Volatile.Read(ref enough), Token);
        await Until(() => scribe.Written > 50, writing);

        await primary.StopAsync("QUIT");
        long before = scribe.Written;
        await standby.ExecuteAsync("SELECT pg_promote()");
        await Until(() => scribe.Written > before + 20, writing);
        Volatile.Write(ref enough, true);
        await writing;
        await using IJournalReader reader = await store.ReadAsync(Token);
        await scribe.CompareAsync(reader, Token);
        Assert.Equal(journal.Sequence, await standby.ScalarAsync<long>("SELECT sequence FROM journal"));
    }

    [Fact(Timeout = 120_000)]
    public async Task While_the_server_is_away_the_journal_says_since_when_and_a_turn_can_be_sent_again()
    {
        Component.RequireThat(PostgresServer.Programs is not null, "postgresql");
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using PostgresStore store = SharedServer.Store(server.Url("postgres"));
        await using WatchedJournal journal = (await store.OpenAsync(Token)).Journal!;
        await server.StopAsync("INT");
        FactBatch batch = new(journal.Epoch, 1, TurnSamples.Turn(1), true);
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync(batch, Token));
        Assert.True(fault.Retryable);
        Assert.Contains("cannot be reached", fault.Message, StringComparison.Ordinal);
        Assert.Equal((JournalHealth.Away, fault.Message), (journal.Condition.Health, journal.Condition.Reason));
        await server.StartAgainAsync();
        Assert.Equal(AppendResult.Committed, await journal.AppendAsync(batch, Token));
        Assert.Equal((JournalHealth.Healthy, 1L), (journal.Condition.Health, journal.Sequence));
    }

    private static async Task Until(Func<bool> condition, Task writing)
    {
        while (!condition())
        {
            Assert.False(writing.IsFaulted, writing.Exception?.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }
}
