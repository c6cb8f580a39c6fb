using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Runs of the journal as a load: their tasks come when they came, live as long and hold as much as they did.</summary>
/// <remarks>
/// A task that has still to run is given the median of its class, in these runs or in what was learned before; else what the caller assumes.
/// One that was skipped or cancelled before it ran takes nothing.
/// </remarks>
public sealed class RunReplay
{
    private readonly List<TasksAdded> blocks = [];
    private readonly Dictionary<TaskId, (AttemptFinished End, double Seconds)> last = [];
    private readonly Dictionary<AttemptId, DateTimeOffset> admitted = [];
    private readonly Dictionary<TaskId, int> failures = [];
    private readonly Dictionary<TaskId, TaskState> ended = [];
    private readonly Dictionary<string, SimulatedWork> ofClass = new(StringComparer.Ordinal);
    private Core.Capacity.KernelLimits? limits;

    /// <param name="remaining">Only tasks that have not ended, all at once.</param>
    /// <returns>Null when the runs have no such task.</returns>
    public static async Task<SimulatedLoad?> ReadAsync(
        IJournalReader reader, IReadOnlyList<RunRecord> runs, bool remaining, SimulatedWork unknown, CancellationToken cancellationToken)
    {
        var replay = new RunReplay();
        foreach (RunRecord run in runs)
        {
            await foreach (Fact fact in reader.FactsAsync(run.Run, cancellationToken))
            {
                replay.Take(fact);
            }
        }

        foreach (ClassLearned learned in await reader.ProfilesAsync(cancellationToken))
        {
            replay.Take(learned);
        }

        return replay.Build(runs, remaining, unknown);
    }

    private void Take(Fact fact)
    {
        switch (fact)
        {
            case TasksAdded added:
                blocks.Add(added);
                break;
            case AttemptAdmitted admission:
                admitted[admission.Attempt] = admission.At;
                break;
            case AttemptRunning running:
                admitted[running.Attempt] = running.At;
                break;
            case AttemptFinished end:
                Take(end);
                break;
            case TasksSkipped skipped:
                foreach (TaskId task in skipped.Tasks)
                {
                    ended[task] = TaskState.Skipped;
                }

                break;
            case TasksCancelled cancelled:
                foreach (TaskId task in cancelled.Tasks)
                {
                    ended[task] = TaskState.Cancelled;
                }

                break;
            case TasksRequeued requeued:
                foreach (TaskId task in requeued.Tasks)
                {
                    ended.Remove(task);
                }

                break;
            case LimitsChanged changed:
                limits = changed.Limits;
                break;
            case ClassLearned { Profile.Samples: { Length: > 0 } samples } learned:
                FootprintSample middle = samples.OrderBy(static sample => sample.Duration).ElementAt(samples.Length / 2);
                ofClass.TryAdd(learned.Class, Of(middle.Duration.TotalSeconds, middle.Settled, middle.Peak, middle.BurstShare));
                break;
            default:
                break;
        }
    }

    private void Take(AttemptFinished end)
    {
        TaskId task = end.Attempt.Task;
        double seconds = admitted.TryGetValue(end.Attempt, out DateTimeOffset from) && end.At > from ? (end.At - from).TotalSeconds : 0;
        bool whole = end.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed or AttemptOutcome.TimedOut;
        if (whole || !last.ContainsKey(task))
        {
            last[task] = (end, seconds);
        }

        if (end.Outcome is AttemptOutcome.Failed or AttemptOutcome.TimedOut)
        {
            failures[task] = failures.GetValueOrDefault(task) + 1;
        }

        if (end.Next.HasEnded())
        {
            ended[task] = end.Next;
        }
    }

    private SimulatedLoad? Build(IReadOnlyList<RunRecord> runs, bool remaining, SimulatedWork unknown)
    {
        var merge = new BlockMerge(nameRuns: runs.Count > 1);
        List<LoadPart> parts = [];
        DateTimeOffset from = blocks.Select(static added => added.At).DefaultIfEmpty().Min();
        foreach (TasksAdded added in blocks.OrderBy(static added => added.At))
        {
            parts.Add(new LoadPart(remaining ? TimeSpan.Zero : added.At - from, merge.Tasks.Count));
            merge.Add(added, task => !remaining || !ended.ContainsKey(task));
        }

        if (merge.Tasks.Count == 0)
        {
            return null;
        }

        var skipped = new HashSet<int>();
        var work = new SimulatedWork[merge.Tasks.Count];
        LearnMedians(merge);
        for (int i = 0; i < work.Length; i++)
        {
            TaskId task = merge.Tasks[i];
            work[i] = WorkOf(task, merge.ShapeAt(i), unknown);
            if (ended.GetValueOrDefault(task) == TaskState.Skipped)
            {
                skipped.Add(i);
            }
        }

        return new SimulatedLoad(runs[0].Name, merge.Build([.. work.Select(static one => one.Seconds)]), work)
        {
            Skipped = skipped,
            Parts = parts.Exists(static part => part.At > TimeSpan.Zero) ? [.. parts] : [],
            LockUnits = limits?.LockUnits ?? Core.Capacity.KernelLimits.Default.LockUnits,
            Services = limits?.Services ?? Core.Capacity.KernelLimits.Default.Services,
        };
    }

    /// <summary>What these runs saw of a class outranks what was learned before.</summary>
    private void LearnMedians(BlockMerge merge)
    {
        IEnumerable<(string Class, SimulatedWork Work)> seen = Enumerable.Range(0, merge.Tasks.Count)
            .Where(i => last.ContainsKey(merge.Tasks[i]))
            .Select(i => (merge.ShapeAt(i).Class, Seen(merge.Tasks[i], merge.ShapeAt(i).Memory)));
        foreach (IGrouping<string, (string Class, SimulatedWork Work)> one in seen.GroupBy(static pair => pair.Class, StringComparer.Ordinal))
        {
            SimulatedWork[] sorted = [.. one.Select(static pair => pair.Work).OrderBy(static item => item.Seconds)];
            ofClass[one.Key] = sorted[sorted.Length / 2] with { Failures = 0 };
        }
    }

    private SimulatedWork WorkOf(TaskId task, Core.Capacity.TaskShape shape, SimulatedWork unknown)
    {
        if (last.ContainsKey(task))
        {
            bool never = ended.GetValueOrDefault(task) is TaskState.Failed or TaskState.Dead;
            return Seen(task, shape.Memory) with { Failures = never ? SimulatedWork.Never : failures.GetValueOrDefault(task) };
        }

        return ended.GetValueOrDefault(task) is TaskState.Skipped or TaskState.Cancelled ? SimulatedWork.Flat(0, 0)
            : ofClass.TryGetValue(shape.Class, out SimulatedWork known) ? known
            : shape.Memory is { } declared ? unknown with { SettledBytes = declared.Value } : unknown;
    }

    private SimulatedWork Seen(TaskId task, Bytes? declared)
    {
        (AttemptFinished end, double seconds) = last[task];
        if (end.Report.Footprint is { } held)
        {
            double life = held.Duration > TimeSpan.Zero ? held.Duration.TotalSeconds : seconds;
            return Of(life, held.Settled, held.Peak, held.BurstShare) with { Curve = held.Curve };
        }

        Bytes peak = end.Report.PeakResident.Value > 0 ? end.Report.PeakResident : declared ?? Bytes.Zero;
        return SimulatedWork.Flat((float)seconds, peak.Value);
    }

    /// <summary>Two levels, the burst in the middle of its life.</summary>
    private static SimulatedWork Of(double seconds, Bytes settled, Bytes peak, double share)
    {
        float half = (float)Math.Clamp(share, 0, 1) / 2;
        return new SimulatedWork((float)seconds, settled.Value, Math.Max(0, peak.Value - settled.Value), 0.5f - half, 0.5f + half, 0);
    }
}
