using System.Diagnostics;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal;
using Plimsoll.Journal.Native;
using Xunit;

namespace Plimsoll.Tests.Journal;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-faults-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string JournalPath => Path.Combine(folder, "journal.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Garbage_is_refused()
    {
        await File.WriteAllTextAsync(JournalPath, string.Concat(Enumerable.Repeat("this is no database. ", 1000)), Token);
        await Refused("not an SQLite file", retryable: false);
    }

    [Fact]
    public async Task A_folder_in_its_place_is_refused()
    {
        Directory.CreateDirectory(JournalPath);
        await Refused("it is a folder", retryable: false);
    }

    [Fact]
    public async Task A_missing_folder_is_refused()
    {
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await Open(Path.Combine(folder, "none/journal.db")));
        Assert.Contains("cannot be created", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_version_is_refused_and_left_alone()
    {
        await Fill(1);
        using (SqliteDatabase database = SqliteDatabase.Open(JournalPath, write: true, TimeSpan.Zero))
        {
            database.Execute("PRAGMA user_version = 4711");
        }

        await Refused("its version is 4711", retryable: false);
    }

    [Fact]
    public async Task A_file_of_another_program_is_refused()
    {
        using (SqliteDatabase database = SqliteDatabase.Open(JournalPath, write: true, TimeSpan.Zero))
        {
            database.Execute("CREATE TABLE t (x)");
        }

        await Refused("another program", retryable: false);
    }

    [Fact]
    public async Task A_truncated_file_is_refused()
    {
        await Fill(500);
        await using (FileStream file = new(JournalPath, FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        await Refused("damaged or cut off", retryable: false);
    }

    [Fact]
    public async Task Reading_where_there_is_none_says_so()
    {
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await SqliteJournalReader.OpenAsync(JournalPath, SqliteJournalOptions.Default, Token));
        Assert.Contains("there is none", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(JournalPath));
    }

    [Fact]
    public async Task A_lock_of_another_process_delays_a_turn_and_loses_nothing()
    {
        await using SqliteJournal journal = await SqliteJournal.OpenAsync(JournalPath, SqliteJournalOptions.Default with { BusyTimeout = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, Token);
        FactBatch turn = new(journal.Epoch, 1, [JournalSamples.Opened(1)], true);
        using (SqliteDatabase other = SqliteDatabase.Open(JournalPath, write: true, TimeSpan.Zero))
        {
            other.Execute("BEGIN IMMEDIATE");
            JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync(turn, Token));
            Assert.True(fault.Retryable);
            Assert.Contains("holds a lock", fault.Message, StringComparison.Ordinal);
            other.Execute("ROLLBACK");
        }

        Assert.Equal(AppendResult.Committed, await journal.AppendAsync(turn, Token));
        Assert.Equal(1, journal.LastRun.Value);
    }

    [Fact]
    public async Task A_full_disk_keeps_the_turn_for_another_try()
    {
        string mount = Path.Combine(folder, "small");
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=600k", "plimsoll-test", mount), "mounting a tmpfs is not allowed here");
        try
        {
            await using SqliteJournal journal = await Open(Path.Combine(mount, "journal.db"));
            string ballast = Path.Combine(mount, "ballast");
            long free = new DriveInfo(mount).AvailableFreeSpace;
            await File.WriteAllBytesAsync(ballast, new byte[free - 8192], Token);
            FactBatch turn = new(journal.Epoch, 1, [JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, 500)], true);
            JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync(turn, Token));
            Assert.True(fault.Retryable, fault.Message);
            Assert.Contains("no space left", fault.Message, StringComparison.Ordinal);
            Assert.Equal(0, journal.Sequence);
            File.Delete(ballast);
            Assert.Equal(AppendResult.Committed, await journal.AppendAsync(turn, Token));
            List<Fact> back = await journal.RecoverAsync(Token).ToListAsync(Token);
            Assert.Equal(turn.Facts.Select(FactText.Of), back.Select(FactText.Of));
        }
        finally
        {
            Run("umount", mount);
        }
    }

    [Fact]
    public async Task A_journal_deleted_while_open_stops_the_writer()
    {
        await using SqliteJournal journal = await Open(JournalPath);
        File.Delete(JournalPath);
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [JournalSamples.Opened(1)], true), Token));
        Assert.Contains("deleted or moved", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
    }

    [Fact]
    public async Task The_log_is_copied_while_turns_go_on_and_does_not_grow_without_end()
    {
        SqliteJournalOptions options = SqliteJournalOptions.Default with { CheckpointBytes = 1 << 20 };
        long largest = 0;
        await using SqliteJournal journal = await SqliteJournal.OpenAsync(JournalPath, options, TimeProvider.System, Token);
        for (int i = 0; i < 400; i++)
        {
            Fact[] facts = [.. Enumerable.Range(0, 100).Select(n => JournalSamples.Admitted(JournalSamples.Attempt(1, n, i, (i * 100) + n + 1), i))];
            await journal.AppendAsync(new FactBatch(journal.Epoch, i + 1, facts, false), Token);
            largest = Math.Max(largest, new FileInfo(JournalPath + "-wal").Length);
        }

        Assert.InRange(largest, 1 << 20, 10 << 20);
    }

    [Fact]
    public void The_library_in_use_is_known()
    {
        Assert.Matches(@"^3\.\d+\.\d+$", SqliteLibrary.Version);
        Assert.Contains(SqliteLibrary.Source, new[] { "libsqlite3.so.0", "bundled" });
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static async Task<SqliteJournal> Open(string path) => await SqliteJournal.OpenAsync(path, SqliteJournalOptions.Default, TimeProvider.System, Token);

    private async Task Refused(string problem, bool retryable)
    {
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () => await Open(JournalPath));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Contains(JournalPath, fault.Message, StringComparison.Ordinal);
        Assert.Equal(retryable, fault.Retryable);
    }

    private async Task Fill(int tasks)
    {
        await using SqliteJournal journal = await Open(JournalPath);
        await journal.AppendAsync(new FactBatch(journal.Epoch, 1, [JournalSamples.Opened(1), JournalSamples.Tasks(1, 0, tasks)], true), Token);
    }
}
