using System.Diagnostics.Metrics;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Watch.Anomalies;
using static Plimsoll.Daemon.Watching.Metrics.PictureMeter;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Metrics of the pool of slots, the queue and the classes of tasks.</summary>
internal static class PoolMetrics
{
    private static readonly double[] Shares = [0.5, 0.9, 0.99];
    private static readonly (string Name, TaskState State)[] States =
    [
        ("waiting", TaskState.Waiting), ("ready", TaskState.Ready), ("admitted", TaskState.Admitted),
        ("running", TaskState.Running), ("frozen", TaskState.Frozen), ("retrying", TaskState.Retrying),
    ];

    public static void Add(PictureMeter meter, Func<DateTimeOffset, (double? Used, Trend? Queue)> figures)
    {
        meter.Gauge("plimsoll.pool.size", "{task}", "How many tasks can run at once.", static picture => picture.PoolSize);
        meter.Gauge("plimsoll.pool.active", "{task}", "Tasks that hold a slot.", static picture => Active(picture));
        meter.Gauge("plimsoll.pool.available", "{task}", "Slots that are free.", static picture => Math.Max(0, picture.PoolSize - (Active(picture) ?? 0)));
        meter.Gauge("plimsoll.pool.utilization", "1", "Share of the slots in use, mean of the last 10 minutes.", picture => figures(picture.Sample.At).Used is { } used ? Math.Min(1, used / Math.Max(1, picture.PoolSize)) : null);
        meter.Counter("plimsoll.pool.processed", "{attempt}", "Attempts that have ended.", static picture => picture.Tally.Finished);
        meter.Gauge("plimsoll.pool.success", "1", "Share of ended attempts that succeeded.", static picture => picture.Tally.Finished == 0 ? null : (double)picture.Tally.Succeeded / picture.Tally.Finished);
        meter.Counter("plimsoll.attempts.started", "{attempt}", "Attempts that were admitted.", static picture => picture.Tally.Started);
        meter.Counters("plimsoll.attempts.ended", "{attempt}", "Attempts that have ended, by class and outcome.", Ended);
        meter.Gauges("plimsoll.attempt.duration.quantile", "s", "Quantile of the durations of attempts since the service began, within 10 %.", static picture => Quantiles(picture.Tally.Durations));
        meter.Gauge("plimsoll.attempt.duration.mean", "s", "Mean duration of attempts since the service began.", static picture => picture.Tally.Durations.Count == 0 ? null : picture.Tally.Durations.MeanSeconds);
        meter.Gauges("plimsoll.class.duration.mean", "s", "Mean duration of the successful attempts of a class.", ClassMeans);
        meter.Gauges("plimsoll.queue.wait.quantile", "s", "Quantile of the time from being added to the first admission, within 10 %.", static picture => Quantiles(picture.Tally.Waits));
        meter.Gauges("plimsoll.tasks", "{task}", "Tasks in memory that have not ended, by state.", static picture => picture.Load is { } load ? States.Select(state => With(load.Count(state.State), Tag("plimsoll.task.state", state.Name))) : []);
        meter.Gauge("plimsoll.queue.depth", "{task}", "Tasks that could run and wait for their turn.", static picture => picture.Sample.Queue?.Ready);
        meter.Gauge("plimsoll.queue.growth", "{task}/min", "By how many tasks a minute the queue grows, over the last 5 minutes.", picture => figures(picture.Sample.At).Queue?.Slope);
        meter.Gauge("plimsoll.queue.oldest.wait", "s", "How long the oldest ready task has waited.", static picture => picture.Sample.Queue is { } queue ? queue.Oldest is { } oldest ? Math.Max(0, (picture.Sample.At - oldest.Since).TotalSeconds) : 0 : null);
        meter.Gauge("plimsoll.intake.paused", "1", "1 while nothing is started on request.", static picture => picture.Sample.Queue is { } queue ? queue.IntakePaused ? 1 : 0 : null);
        meter.Gauges("plimsoll.breaker.open", "1", "1 while the circuit breaker of a class holds it back.", static picture => picture.Sample.Breakers.Take(WatchTally.MostClasses).Select(static one => With(one.Open ? 1 : 0, Tag("plimsoll.class", one.Name))));
        meter.Counter("plimsoll.model.tokens", "{token}", "Tokens of models, in and out.", static picture => picture.Tally.Tokens);
        meter.Counter("plimsoll.model.cost", "{microdollar}", "Spent on models by the configured prices.", static picture => picture.Tally.MicroDollars);
    }

    private static double? Active(WatchPicture picture) => picture.Load?.Nodes.Sum(static node => node.SlotsTaken);

    private static IEnumerable<Measurement<double>> Ended(WatchPicture picture) =>
        from tally in picture.Tally.Classes
        from outcome in Enum.GetValues<AttemptOutcome>()
        where tally.Ended(outcome) > 0
        select With(tally.Ended(outcome), Tag("plimsoll.class", tally.Name), Tag("plimsoll.outcome", Words.Of(outcome)));

    private static IEnumerable<Measurement<double>> ClassMeans(WatchPicture picture) =>
        picture.Tally.Classes.Where(static tally => tally.Durations.Count > 0).Select(static tally => With(tally.Durations.MeanSeconds, Tag("plimsoll.class", tally.Name)));

    private static IEnumerable<Measurement<double>> Quantiles(DurationHistogram durations) =>
        durations.Count == 0 ? [] : Shares.Select(share => With(durations.Quantile(share), Tag("plimsoll.quantile", share)));
}
