using System.Globalization;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Calibration.Trials;

/// <summary>Runs jobs inside a protective cgroup and reads them while they run; one per program.</summary>
/// <remarks>The engine that starts, limits, reads and ends tasks is the one that is measured with; no scheduler is between.</remarks>
public sealed class TrialBench : IDisposable
{
    private const double ProtectedShare = 0.9;
    private const int LooksPerAge = 8;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quickest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly TrialOptions options;
    private readonly TimeProvider time;
    private readonly TrialInbox inbox;
    private readonly TaskParent? parent;
    private readonly ProcessExecutor executor;
    private readonly NodeProbe probe;
    private readonly Dictionary<AttemptId, LiveTrial> live = [];
    private int jobs;

    /// <param name="said">Told, in a sentence and once each, what does not work as asked.</param>
    public TrialBench(TrialOptions options, TimeProvider time, Action<string> said)
    {
        this.options = options;
        this.time = time;
        inbox = new TrialInbox(time);
        string name = string.Create(CultureInfo.InvariantCulture, $"bench{Environment.ProcessId}");
        parent = TaskParent.TryOpen(new IsolationOptions(name), said, out string? refusal);
        MissingCgroups = refusal;
        executor = new ProcessExecutor(inbox, name, time, failed => said($"the executor failed: {failed.Message}"), parent) { Notice = said };
        probe = new NodeProbe(executor, parent, null, time, said);
        probe.Read();
        MemoryBytes = probe.Memory.Limit.Value;
        Bytes protection = options.Protection ?? new Bytes((long)(ProtectedShare * probe.Memory.Free.Value));
        ProtectedBytes = parent?.SetAggregate(protection, Bytes.Zero)?.Value;
    }

    /// <summary>Why limits cannot be enforced here; null when they can.</summary>
    public string? MissingCgroups { get; }

    /// <summary>Of this machine, or of the cgroup it is confined to.</summary>
    public long MemoryBytes { get; }

    /// <summary>What all jobs together may hold; null = nobody enforces it.</summary>
    public long? ProtectedBytes { get; }

    /// <summary>One trial at a time.</summary>
    public async Task<TrialRun> RunAsync(TrialJob job, TrialScript script, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        List<TrialResult> results = [];
        var host = new HostLoad();
        TimeSpan tick = options.Interval < Quick ? options.Interval : Quick, nextPoint = default;
        string? stopped = null;
        int started = 0;
        try
        {
            while (true)
            {
                TimeSpan elapsed = time.GetElapsedTime(began);
                Collect(results);
                bool keep = elapsed >= nextPoint;
                nextPoint = keep ? elapsed + options.Interval : nextPoint;
                Look(host, keep, script.Deadline);
                var state = new TrialState(elapsed, started, live.Count, results, host);
                stopped ??= script.Stop(state);
                bool isOver = stopped is not null || script.IsOver(state);
                for (int more = stopped is null ? script.StartNow(state) : 0; more > 0; more--)
                {
                    Start(job, elapsed.TotalSeconds);
                    started++;
                }

                if (stopped is not null)
                {
                    EndAll(TrialOutcome.Stopped);
                }

                if (isOver && live.Count == 0)
                {
                    return new TrialRun(results, host, time.GetElapsedTime(began).TotalSeconds, stopped);
                }

                await Task.Delay(Pause(tick), time, cancellationToken);
            }
        }
        finally
        {
            EndAll(TrialOutcome.Stopped);
            while (live.Count > 0)
            {
                await Task.Delay(tick, time, CancellationToken.None);
                Collect(results);
            }
        }
    }

    public void Dispose()
    {
        probe.Dispose();
        executor.Dispose();
        parent?.Dispose();
    }

    /// <summary>A job alone is looked at often while it is young: one that lives for a tenth of a second has a curve too.</summary>
    private TimeSpan Pause(TimeSpan longest)
    {
        if (live.Count != 1)
        {
            return longest;
        }

        var young = TimeSpan.FromSeconds(live.Values.First().Age / LooksPerAge);
        return young < Quickest ? Quickest : young < longest ? young : longest;
    }

    private void Start(TrialJob job, double at)
    {
        var attempt = new AttemptId(new TaskId(new RunId(1), jobs), 1, ++jobs);
        string folder = Path.Combine(options.Scratch, string.Create(CultureInfo.InvariantCulture, $"job-{jobs}"));
        Directory.CreateDirectory(folder);
        string File(string name) => Path.Combine(folder, $".{name}");
        var files = new AttemptFiles(File("out"), File("err"), File("pid"), File("exit"), File("values"));
        var launch = new ProcessLaunch(
            attempt, job.Arguments, [.. options.Environment, $"JOB={folder}", $"PLIMSOLL_OUTPUT={files.Values}"], job.Folder ?? folder,
            job.Isolation == TrialIsolation.Bare ? StartMode.Direct : StartMode.Supervised, files, Grace)
        {
            Isolation = job.Isolation switch
            {
                TrialIsolation.Cgroup => IsolationKind.Cgroup,
                TrialIsolation.Container => IsolationKind.Container,
                _ => IsolationKind.Process,
            },
            Image = job.Image,
            Limits = new TaskLimits(job.Memory, job.Cores, null),
            TellsGroupPeak = true,
        };
        live.Add(attempt, new LiveTrial(attempt, files, time, at));
        executor.Start(launch);
    }

    private void Collect(List<TrialResult> results)
    {
        while (inbox.TryTake(out Input? input, out long at))
        {
            switch (input)
            {
                case AttemptStarted { Process: { } process } begun when live.TryGetValue(begun.Attempt, out LiveTrial? trial):
                    trial.Began(process.Pid, at);
                    break;
                case AttemptEnded ended when live.Remove(ended.Attempt, out LiveTrial? trial):
                    results.Add(trial.End(ended.Report, at));
                    break;
                default:
                    break;
            }
        }
    }

    private void Look(HostLoad host, bool keep, TimeSpan deadline)
    {
        probe.Read();
        host.Take(probe);
        foreach (ref readonly TaskSample sample in probe.Tasks)
        {
            if (live.TryGetValue(sample.Attempt, out LiveTrial? trial))
            {
                trial.Take(sample, keep);
            }
        }

        foreach (LiveTrial trial in live.Values.Where(trial => trial.Age > deadline.TotalSeconds))
        {
            End(trial, TrialOutcome.TimedOut);
        }
    }

    private void EndAll(TrialOutcome outcome)
    {
        foreach (LiveTrial trial in live.Values)
        {
            End(trial, outcome);
        }
    }

    private void End(LiveTrial trial, TrialOutcome outcome)
    {
        if (trial.EndedAs is null)
        {
            trial.EndedAs = outcome;
            executor.Kill(trial.Attempt, Grace, outcome == TrialOutcome.TimedOut ? KillReason.TimedOut : KillReason.Cancelled);
        }
    }
}
