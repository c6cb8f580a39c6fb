using Plimsoll.Calibration.Torture.Observing;
using Xunit;

namespace Plimsoll.Tests.Calibration.Torture;

public sealed class JobLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-joblog-").FullName;

    [Fact]
    public void A_start_and_its_end_are_one_attempt_and_a_half_line_waits()
    {
        string path = Path.Combine(folder, "log");
        File.WriteAllText(path, "s 3 10.50 77\ns 4 10.60 78\ne 3 12.50 0 7");
        JobLog log = new(path);
        log.Follow();
        Assert.Equal(2, log.Open.Count);

        File.AppendAllText(path, "7\ne 4 13.00 137 78\n");
        log.Follow();
        Assert.Empty(log.Open);
        Assert.Equal(1, log.Succeeded);
        Assert.Equal(2, log.Attempts[0].WorkSeconds(99), 6);
        Assert.Equal(137, log.Attempts[1].ExitCode);
    }

    [Fact]
    public void A_job_that_succeeds_twice_counts_once_and_frozen_time_is_no_work()
    {
        JobLog log = new(Path.Combine(folder, "none"));
        log.Take(["s", "1", "0", "5"]);
        log.Attempts[0].FrozenSeconds = 3;
        log.Take(["e", "1", "10", "0", "5"]);
        log.Take(["s", "1", "11", "6"]);
        log.Take(["e", "1", "12", "0", "6"]);
        Assert.Equal(1, log.Succeeded);
        Assert.Equal(7, log.Attempts[0].WorkSeconds(99), 6);
    }

    [Fact]
    public void An_attempt_that_went_away_without_a_word_is_lost()
    {
        JobLog log = new(Path.Combine(folder, "none"));
        log.Take(["s", "1", "0", "5"]);
        log.Lose(log.Open[0], 4);
        Assert.Empty(log.Open);
        Assert.Null(log.Attempts[0].ExitCode);
        Assert.Equal(0, log.Succeeded);
        Assert.Equal(4, log.Attempts[0].WorkSeconds(99), 6);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
