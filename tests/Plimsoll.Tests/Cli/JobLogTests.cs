using Plimsoll.Cli.Mapping;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class JobLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-joblog-").FullName;

    private string LogPath => Path.Combine(_folder, "log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_has_the_columns_of_GNU_parallel()
    {
        Write(append: false, new JobLogEntry(2, FixedTime.Noon.AddMilliseconds(62), 0.004, 6, 0, 0, "echo a\tb\nc"));
        Assert.Equal(
            "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n"
            + "2\t:\t1795262400.062\t     0.004\t0\t6\t0\t0\techo a b c\n",
            File.ReadAllText(LogPath));
    }

    [Fact]
    public void Appending_keeps_what_is_there_and_writes_no_second_title()
    {
        Write(append: false, Entry(1, 0, 0));
        Write(append: true, Entry(2, 0, 0));
        Assert.Equal(3, File.ReadAllLines(LogPath).Length);
        Assert.Equal([1L, 2L], JobLog.ReadDone(LogPath, onlySucceeded: false).Order());
    }

    [Fact]
    public void Failed_items_are_done_unless_only_success_counts_and_the_last_line_wins()
    {
        Write(append: false, Entry(1, 0, 0), Entry(2, 1, 0), Entry(3, 0, 9), Entry(4, 1, 0), Entry(4, 0, 0), Entry(5, 0, 0), Entry(5, 2, 0));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], JobLog.ReadDone(LogPath, onlySucceeded: false).Order());
        Assert.Equal([1L, 4L], JobLog.ReadDone(LogPath, onlySucceeded: true).Order());
    }

    [Fact]
    public void A_torn_or_foreign_line_is_no_item()
    {
        File.WriteAllText(LogPath, JobLog.Title + "\n1\t:\t0\t0\t0\t0\t0\t0\ttrue\nnonsense\n2\t:\t0");
        Assert.Equal([1L], JobLog.ReadDone(LogPath, onlySucceeded: false));
    }

    private static JobLogEntry Entry(long sequence, int exitCode, int signal) => new(sequence, FixedTime.Noon, 1, 0, exitCode, signal, "true");

    private void Write(bool append, params JobLogEntry[] entries)
    {
        using JobLog log = JobLog.Open(LogPath, append);
        foreach (JobLogEntry entry in entries)
            log.Write(entry);
    }
}
