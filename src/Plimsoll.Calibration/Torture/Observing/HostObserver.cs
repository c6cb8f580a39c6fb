using System.Globalization;
using Plimsoll.Calibration.Torture.Host;

namespace Plimsoll.Calibration.Torture.Observing;

/// <summary>Looks at a host ten times a second while a contender works in it.</summary>
internal sealed class HostObserver(HostGroup host, JobLog log, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly KillCounter kills = new(host);
    private readonly LivelockMeter livelock = new();
    private readonly FreezeLook freeze = new();
    private readonly long began = time.GetTimestamp();
    private double lookedAt = Uptime();
    private double widthSeconds;

    public long HostKills => kills.OfHost;

    public long TaskKills => kills.OfTasks;

    public LivelockMeter Livelock => livelock;

    public double FrozenSeconds => log.Attempts.Sum(attempt => attempt.FrozenSeconds);

    public int PeakWidth { get; private set; }

    /// <summary>Attempts at a time, frozen ones included, over all looks.</summary>
    public double MeanWidth { get; private set; }

    /// <summary>The host is lost: the kernel had to kill, or stood still for more than a second.</summary>
    public bool IsBroken => HostKills > 0 || livelock.LongestStretch > 1;

    public void Look()
    {
        double now = Uptime();
        double passed = now - lookedAt;
        lookedAt = now;
        livelock.Add(time.GetElapsedTime(began).TotalSeconds, FullStall());
        kills.Look();
        log.Follow();
        foreach (JobAttempt attempt in log.Open.ToArray())
        {
            switch (freeze.IsFrozen(attempt.Pid))
            {
                case null:
                    // Its last line may have been written after the log was read.
                    log.Follow();
                    if (attempt.EndSeconds is null)
                        log.Lose(attempt, now);
                    break;
                case true:
                    attempt.FrozenSeconds += passed;
                    break;
            }
        }

        PeakWidth = Math.Max(PeakWidth, log.Open.Count);
        widthSeconds += passed * log.Open.Count;
        double all = time.GetElapsedTime(began).TotalSeconds;
        MeanWidth = all > 0 ? widthSeconds / all : 0;
    }

    public static double Uptime() => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);

    private long FullStall()
    {
        string? full = File.ReadLines(host.PressureFile).FirstOrDefault(line => line.StartsWith("full ", StringComparison.Ordinal));
        int at = full?.IndexOf("total=", StringComparison.Ordinal) ?? -1;
        return full is not null && at >= 0 ? long.Parse(full.AsSpan(at + 6), CultureInfo.InvariantCulture) : 0;
    }
}
