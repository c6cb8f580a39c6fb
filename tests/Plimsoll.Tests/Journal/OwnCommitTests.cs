using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal;
using Plimsoll.Journal.Native;
using Xunit;

namespace Plimsoll.Tests.Journal;

/// <summary>Which turns their appender commits, and that it never waits for anybody.</summary>
public sealed class OwnCommitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-own-").FullName;
    private readonly CommitWatch watch = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string JournalPath => Path.Combine(folder, "journal.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_small_turn_is_durable_when_the_call_returns()
    {
        await using SqliteJournal journal = await OpenAsync();
        ValueTask<AppendResult> append = journal.AppendAsync(Small(journal, 1), Token);
        Assert.Equal(1, journal.Sequence);
        Assert.Equal(Environment.CurrentManagedThreadId, watch.Committer);
        Assert.Equal(AppendResult.Committed, await append);
    }

    [Fact]
    public async Task Turns_that_acknowledge_work_and_large_ones_are_committed_by_the_writer()
    {
        await using SqliteJournal journal = await OpenAsync();
        Fact[] facts = [.. Enumerable.Range(1, 66).Select(JournalSamples.Opened)];
        foreach (FactBatch batch in (FactBatch[])[new(journal.Epoch, 1, facts[..1], true), new(journal.Epoch, 2, facts[1..], false)])
        {
            (bool own, AppendResult result) = await AppendAsync(journal, batch);
            Assert.Equal((false, AppendResult.Committed), (own, result));
        }
    }

    [Fact]
    public async Task After_a_slow_commit_the_writer_commits_until_the_disk_is_quick_again()
    {
        await using SqliteJournal journal = await OpenAsync();
        watch.CommitTakes = TimeSpan.FromSeconds(1);
        (bool own, _) = await AppendAsync(journal, Small(journal, 1));
        Assert.True(own);
        watch.CommitTakes = TimeSpan.Zero;
        (own, _) = await AppendAsync(journal, Small(journal, 2));
        Assert.False(own);

        // The writer answers before it is ready for the next; only then an appender commits again.
        for (int turn = 3; !own; turn++)
        {
            (own, _) = await AppendAsync(journal, Small(journal, turn));
            Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task The_appender_does_not_wait_for_a_lock_of_another_process()
    {
        await using SqliteJournal journal = await OpenAsync();
        using SqliteDatabase other = SqliteDatabase.Open(JournalPath, write: true, TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");

        // Were it to wait, it would do so until the busy timeout, for the lock is given back further down.
        Task<AppendResult> append = journal.AppendAsync(Small(journal, 1), Token).AsTask();
        Assert.False(append.IsCompleted);
        Assert.Equal(0, journal.Sequence);

        other.Execute("ROLLBACK");
        Assert.Equal(AppendResult.Committed, await append);
        Assert.Equal(1, journal.Sequence);
    }

    /// <summary>Own: the calling thread itself committed, before the call returned.</summary>
    private async Task<(bool Own, AppendResult Result)> AppendAsync(SqliteJournal journal, FactBatch batch)
    {
        int caller = Environment.CurrentManagedThreadId;
        watch.Committer = 0;
        ValueTask<AppendResult> append = journal.AppendAsync(batch, Token);
        bool own = watch.Committer == caller;
        return (own, await append);
    }

    private static FactBatch Small(SqliteJournal journal, int sequence) => new(journal.Epoch, sequence, [JournalSamples.Opened(sequence)], false);

    private async Task<SqliteJournal> OpenAsync() =>
        await SqliteJournal.OpenAsync(JournalPath, SqliteJournalOptions.Default with { BusyTimeout = TimeSpan.FromMinutes(2) }, watch, Token);

    /// <summary>Asked for the time at the beginning and the end of a commit, by the thread that commits.</summary>
    private sealed class CommitWatch : TimeProvider
    {
        private long now;

        public int Committer { get; set; }

        public TimeSpan CommitTakes { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Committer = Environment.CurrentManagedThreadId;
            return Interlocked.Add(ref now, CommitTakes.Ticks);
        }
    }
}
