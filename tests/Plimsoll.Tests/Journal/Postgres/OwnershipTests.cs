using Plimsoll.Core.Ports;
using Plimsoll.Journal.Postgres;
using Plimsoll.Journal.Stores;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>A journal has one writer; another is told who it is.</summary>
[Collection(PostgresCollection.Name)]
public sealed class OwnershipTests(SharedServer shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_writer_is_refused_and_told_who_the_first_is()
    {
        string url = shared.Server.Url(await shared.Server.CreateDatabaseAsync());
        await using PostgresStore one = SharedServer.Store(url);
        await using PostgresStore two = SharedServer.Store(url);
        WatchedJournal journal = (await one.OpenAsync(Token)).Journal!;
        JournalOpening refused = await two.OpenAsync(Token);
        Assert.Null(refused.Journal);
        Assert.Contains($"plimsoll pid {Environment.ProcessId} on {Environment.MachineName}"[..20], refused.Owner, StringComparison.Ordinal);
        Assert.Contains("connected since", refused.Owner, StringComparison.Ordinal);

        await journal.DisposeAsync();
        await using WatchedJournal next = (await two.OpenAsync(Token)).Journal!;
        Assert.Equal(journal.Epoch + 1, next.Epoch);
    }

    [Fact]
    public async Task Two_schemas_of_a_database_are_two_journals()
    {
        string url = shared.Server.Url(await shared.Server.CreateDatabaseAsync());
        await using PostgresStore one = SharedServer.Store(url + "?schema=one");
        await using PostgresStore two = SharedServer.Store(url + "?schema=Two%20%22quoted%22");
        await using WatchedJournal first = (await one.OpenAsync(Token)).Journal!;
        await using WatchedJournal second = (await two.OpenAsync(Token)).Journal!;
        Assert.NotEqual(first.Id, second.Id);
        await first.AppendAsync(new FactBatch(first.Epoch, 1, [JournalSamples.Opened(1)], true), Token);
        await using IJournalReader reader = await two.ReadAsync(Token);
        Assert.Empty(await reader.RunsAsync(9, Token));
    }

    [Fact]
    public async Task A_writer_whose_journal_was_taken_while_it_was_cut_off_is_fenced()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore one = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal journal = (await one.OpenAsync(Token)).Journal!;
        await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [JournalSamples.Opened(1)], true), Token);
        await shared.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

        await using PostgresStore two = SharedServer.Store(shared.Server.Url(database));
        await using WatchedJournal next = (await two.OpenAsync(Token)).Journal!;
        Assert.Equal(AppendResult.Fenced, await journal.AppendAsync(new FactBatch(journal.Epoch, 2, [JournalSamples.Opened(2)], true), Token));
        Assert.Equal(AppendResult.Committed, await next.AppendAsync(new FactBatch(next.Epoch, 2, [JournalSamples.Opened(3)], true), Token));
    }

    [Fact]
    public async Task A_journal_of_a_newer_program_is_refused()
    {
        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore store = SharedServer.Store(shared.Server.Url(database));
        await using (WatchedJournal journal = (await store.OpenAsync(Token)).Journal!)
        {
            await shared.Server.ExecuteAsync("INSERT INTO migration (version) VALUES (99)", database);
        }

        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await store.OpenAsync(Token));
        Assert.Contains("its version is 99", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<JournalException>(async () => await store.ReadAsync(Token));
        Assert.Contains("its version is 99", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_its_cure()
    {
        await using PostgresStore missing = SharedServer.Store(shared.Server.Url("nowhere"));
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await missing.OpenAsync(Token));
        Assert.Contains("createdb nowhere", fault.Message, StringComparison.Ordinal);

        string database = await shared.Server.CreateDatabaseAsync();
        await using PostgresStore empty = SharedServer.Store(shared.Server.Url(database));
        Assert.False(await empty.ExistsAsync(Token));
        fault = await Assert.ThrowsAsync<JournalException>(async () => await empty.ReadAsync(Token));
        Assert.Contains("there is none", fault.Message, StringComparison.Ordinal);

        await shared.Server.ExecuteAsync("CREATE ROLE guest LOGIN");
        await using PostgresStore guest = SharedServer.Store($"postgres://guest@127.0.0.1:{shared.Server.Port}/{database}");
        fault = await Assert.ThrowsAsync<JournalException>(async () => await guest.OpenAsync(Token));
        Assert.Contains("user guest lacks a right", fault.Message, StringComparison.Ordinal);
    }
}
