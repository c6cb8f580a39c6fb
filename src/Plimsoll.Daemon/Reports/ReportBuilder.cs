using Plimsoll.Client.Reports;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Reports;

/// <summary>Puts a report together from the records of a run.</summary>
internal sealed class ReportBuilder(RunRecord run, IReadOnlyList<ReportedTask> tasks, DateTimeOffset now)
{
    // More rows than this nobody reads; classes are drawn instead.
    private const int MostLanes = 300;
    private const int MostClasses = 40;
    private const int Listed = 20;

    private readonly ReportTimeline timeline = new(run.OpenedAt, now);

    public ReportView Build(DateTimeOffset at, bool live, PredecessorComparison comparison)
    {
        foreach (ReportedTask task in tasks)
        {
            timeline.Add(task);
        }

        bool aggregated = tasks.Count > MostLanes;
        ReportTaskView[] listed = [.. tasks.Where(static task => task.Attempts.Count > 0 || task.Task.State.HasEnded()).Select(View)];
        return new ReportView(
            run.Run.Value,
            run.Name,
            State(run, live),
            at,
            run.OpenedAt,
            Math.Max(0, (now - run.OpenedAt).TotalSeconds),
            ProgressViews.Counts(run.Counts),
            tasks.Sum(static task => task.Attempts.Count),
            UsageTally.View(run.Usage),
            Classes(),
            aggregated ? ClassLanes() : TaskLanes(),
            aggregated,
            timeline.Points(),
            [.. listed.Where(static task => task.Seconds > 0).OrderByDescending(static task => task.Seconds).Take(Listed)],
            [.. listed.Where(static task => task.Attempts > 1).OrderByDescending(static task => task.Attempts).ThenByDescending(static task => task.Seconds).Take(Listed)],
            [.. listed.Where(static task => task.State is "failed" or "dead" or "cancelled" or "skipped").OrderBy(static task => Weight(task.State)).Take(Listed)],
            [.. listed.Where(static task => task.Usage is not null).OrderByDescending(static task => task.Usage!.Dollars).ThenByDescending(static task => task.Usage!.InputTokens + task.Usage.OutputTokens).Take(Listed)],
            comparison.Find(),
            comparison.Runs);
    }

    public static string State(RunRecord run, bool live) => live ? "running" : run.FinishedAt is null ? "interrupted" : run.Cancelled ? "cancelled" : "finished";

    private static int Weight(string state) => state switch { "dead" => 0, "failed" => 1, "cancelled" => 2, _ => 3 };

    private ReportTaskView View(ReportedTask task) => new(
        task.Task.Name,
        task.Task.Class,
        Words.Of(task.Task.State),
        task.Attempts.Count,
        task.Seconds(now),
        task.PeakBytes,
        task.Task.Reason,
        UsageTally.View(task.Task.Usage));

    private ReportClassView[] Classes() =>
        [.. tasks.GroupBy(static task => task.Task.Class, StringComparer.Ordinal).Select(Class).OrderByDescending(static one => one.TotalSeconds).Take(MostClasses)];

    private ReportClassView Class(IGrouping<string, ReportedTask> all)
    {
        double[] succeeded = [.. all.SelectMany(static task => task.Attempts)
            .Where(static attempt => attempt is { Outcome: AttemptOutcome.Succeeded, EndedAt: not null })
            .Select(static attempt => (attempt.EndedAt!.Value - attempt.AdmittedAt).TotalSeconds)
            .Order()];
        return new ReportClassView(
            all.Key,
            all.Count(),
            all.Sum(static task => task.Attempts.Count),
            all.Count(static task => task.Task.State is TaskState.Failed or TaskState.Dead),
            succeeded.Length == 0 ? 0 : succeeded[succeeded.Length / 2],
            succeeded.Length == 0 ? 0 : succeeded[^1],
            all.Sum(task => task.Seconds(now)),
            all.Max(static task => task.PeakBytes),
            all.Sum(static task => task.Task.Usage.MicroDollars) / 1e6);
    }

    private ReportLaneView[] TaskLanes() =>
        [.. tasks.Where(static task => task.Attempts.Count > 0)
            .OrderBy(static task => task.Attempts[0].AdmittedAt)
            .Select(task => new ReportLaneView(task.Task.Name, task.Task.Class, [.. task.Attempts.Select(Bar)], []))];

    private ReportBarView Bar(AttemptRecord attempt) => new(
        attempt.Attempt.Number,
        Math.Max(0, (attempt.AdmittedAt - run.OpenedAt).TotalSeconds),
        Math.Max(0, ((attempt.EndedAt ?? now) - run.OpenedAt).TotalSeconds),
        attempt.Outcome is { } outcome ? Words.Of(outcome) : null);

    private ReportLaneView[] ClassLanes() =>
        [.. tasks.GroupBy(static task => task.Task.Class, StringComparer.Ordinal)
            .OrderByDescending(all => all.Sum(task => task.Seconds(now)))
            .Take(MostClasses)
            .Select(all =>
            {
                var lane = new ReportTimeline(run.OpenedAt, now);
                foreach (ReportedTask task in all)
                {
                    lane.Add(task);
                }

                return new ReportLaneView(all.Key, all.Key, [], [.. lane.Points().Select(static point => point.Running)]);
            })];
}
