using System.Diagnostics;
using Plimsoll.Calibration.Torture.Host;
using Plimsoll.Calibration.Torture.Loads;
using Plimsoll.Calibration.Torture.Observing;

namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>Runs one contender inside the host, watches it, and leaves the host empty.</summary>
internal sealed class ContenderRun(HostGroup host, TortureLoad load, TimeProvider time)
{
    // The shell enters the host first, so that nothing of the contender is ever outside.
    private const string Enter = "echo $$ >\"$1\" || exit 125; shift; out=$1; shift; exec \"$@\" <\"$out/empty\" >\"$out/stdout\" 2>\"$out/stderr\"";

    /// <param name="deadline">It is ended then.</param>
    /// <param name="stopWhenBroken">It is ended as soon as the host is lost.</param>
    public async Task<ContenderResult> RunAsync(Contender contender, JobFiles files, TimeSpan deadline, bool stopWhenBroken, CancellationToken cancellationToken)
    {
        ColdFiles.Evict(load.ColdFolders);
        JobLog log = new(files.Log);
        HostObserver observer = new(host, log, time);
        ProcessStartInfo start = new("sh", ["-c", Enter, "sh", host.OpenEntrance(), files.Folder, .. contender.Command])
        {
            UseShellExecute = false,
            WorkingDirectory = files.Folder,
        };
        string? stopped = null;
        double seconds;
        try
        {
            long began = time.GetTimestamp();
            using Process process = Process.Start(start) ?? throw new IOException("sh cannot be started");
            Task exit = process.WaitForExitAsync(cancellationToken);
            while (stopped is null && !exit.IsCompleted)
            {
                await Task.WhenAny(exit, Task.Delay(HostObserver.Interval, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                observer.Look();
                stopped = exit.IsCompleted ? null
                    : stopWhenBroken && observer.HostKills > 0 ? "killed"
                    : stopWhenBroken && observer.IsBroken ? "livelock"
                    : time.GetElapsedTime(began) >= deadline ? "deadline"
                    : null;
            }

            seconds = time.GetElapsedTime(began).TotalSeconds;
            observer.Look();
        }
        finally
        {
            await host.EmptyAsync(CancellationToken.None);
        }

        return Result(contender, log, observer, seconds, stopped);
    }

    private ContenderResult Result(Contender contender, JobLog log, HostObserver observer, double seconds, string? stopped)
    {
        double now = HostObserver.Uptime();
        // What was cut off by us is neither done nor redone.
        JobAttempt[] ended = [.. log.Attempts.Where(attempt => attempt.EndSeconds is not null)];
        double done = ended.Where(attempt => attempt.ExitCode == 0).Sum(attempt => attempt.WorkSeconds(now));
        JobAttempt[] lost = [.. ended.Where(attempt => attempt.ExitCode != 0)];
        return new(
            contender.Name,
            contender.Kind,
            contender.Width,
            load.Jobs.Count,
            log.Succeeded,
            seconds,
            observer.HostKills,
            observer.TaskKills,
            observer.Livelock.LivelockSeconds,
            observer.Livelock.LongestStretch,
            observer.Livelock.StalledTime,
            observer.FrozenSeconds,
            lost.Length,
            done > 0 ? lost.Sum(attempt => attempt.WorkSeconds(now)) / done : 0,
            observer.PeakWidth,
            observer.MeanWidth,
            stopped);
    }
}
