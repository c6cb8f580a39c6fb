using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Calibration.Trials;

/// <summary>A job that runs, and what was read of it.</summary>
internal sealed class LiveTrial(AttemptId attempt, AttemptFiles files, TimeProvider time, double startedAt)
{
    private const int ErrorCharacters = 400;
    private readonly long ordered = time.GetTimestamp();
    private readonly List<TrialPoint> points = [];
    private TreeCounters? counters;
    private double? launchSeconds;
    private double peakCores;
    private long peakBytes;
    private TimeSpan lastCpu;
    private double lastAt;
    private double seenAt;

    public AttemptId Attempt => attempt;

    public double Age => time.GetElapsedTime(ordered).TotalSeconds;

    /// <summary>Set before we end it ourselves.</summary>
    public TrialOutcome? EndedAs { get; set; }

    public void Began(int process, long at)
    {
        launchSeconds ??= time.GetElapsedTime(ordered, at).TotalSeconds;
        counters ??= new TreeCounters(process);
    }

    /// <param name="keep">The reading becomes a point.</param>
    public void Take(in TaskSample sample, bool keep)
    {
        peakBytes = Math.Max(peakBytes, sample.Resident.Value);
        seenAt = Age;
        if (!keep && points.Count > 0)
        {
            return;
        }

        double now = Age, since = now - lastAt;
        double cores = since > 0 ? Math.Max(0, (sample.Cpu - lastCpu).TotalSeconds) / since : 0;
        (lastAt, lastCpu) = (now, sample.Cpu);
        peakCores = Math.Max(peakCores, cores);
        points.Add(new TrialPoint(now, sample.Resident.Value, cores));
        counters?.Read();
    }

    public TrialResult End(ExitReport report, long at)
    {
        // What a cgroup counts is what a limit would; a process counts pages of programs as well, which others share.
        (long kernel, PeakSource source) = report.GroupPeak is { } group ? (group.Value, PeakSource.Cgroup) : (report.PeakResident.Value, PeakSource.Process);
        return kernel > peakBytes ? Result(report, at, kernel) with { PeakSource = source } : Result(report, at, peakBytes);
    }

    private TrialResult Result(ExitReport report, long at, long peak) => new(
        Outcome(report),
        report.ExitCode ?? (report.Signal is { } signal ? 128 + signal : null),
        startedAt,
        time.GetElapsedTime(ordered, at).TotalSeconds,
        launchSeconds,
        report.Cpu.TotalSeconds > 0 ? report.Cpu.TotalSeconds : lastCpu.TotalSeconds,
        peak,
        peakCores,
        counters?.ReadBytes ?? 0,
        counters?.WrittenBytes ?? 0,
        counters?.WaitSeconds ?? 0,
        points)
    {
        // One that was only seen young, because the machine was busy, has shown how it starts and not what it holds.
        Footprint = seenAt >= time.GetElapsedTime(ordered, at).TotalSeconds / 2 ? report.Footprint : null,
        Error = report.StartError ?? (report.ExitCode == 0 ? null : LastWords()),
    };

    private TrialOutcome Outcome(ExitReport report) => report switch
    {
        { StartError: not null } => TrialOutcome.NotStarted,
        { ExitCode: 0 } => TrialOutcome.Succeeded,
        { Evidence: MemoryEnd.OwnLimit } => TrialOutcome.OwnLimit,
        { Evidence: MemoryEnd.HostKiller } => TrialOutcome.HostKill,
        _ => EndedAs ?? TrialOutcome.Failed,
    };

    private string? LastWords()
    {
        string text = File.Exists(files.Error) ? File.ReadAllText(files.Error).Trim() : "";
        return text.Length == 0 ? null : text.Length <= ErrorCharacters ? text : text[^ErrorCharacters..];
    }
}
