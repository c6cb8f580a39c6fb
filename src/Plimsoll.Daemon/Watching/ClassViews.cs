using Plimsoll.Client.Watching;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows how classes fare.</summary>
internal static class ClassViews
{
    private static readonly AttemptOutcome[] Bad = [.. Enum.GetValues<AttemptOutcome>().Where(static outcome => outcome is not (AttemptOutcome.Succeeded or AttemptOutcome.Cancelled))];

    public static IReadOnlyList<ClassStatusView> Of(WatchPicture picture)
    {
        Dictionary<string, int> live = picture.Load?.Live.Where(static one => !one.IsLease).CountBy(static one => one.Class, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal) ?? [];
        Dictionary<string, BreakerLoad> breakers = picture.Load?.Breakers.ToDictionary(static one => one.Class, StringComparer.Ordinal) ?? [];
        HashSet<string> known = [.. picture.Tally.Classes.Select(static one => one.Name)];
        IEnumerable<ClassTally> unseen = live.Keys.Concat(breakers.Keys).Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name)).Take(WatchTally.MostClasses).Select(static name => new ClassTally(name));
        return [.. picture.Tally.Classes.Concat(unseen).OrderBy(static one => one.Name, StringComparer.Ordinal).Select(one => Of(one, live.GetValueOrDefault(one.Name), breakers.GetValueOrDefault(one.Name)))];
    }

    /// <summary>Null while there are no durations.</summary>
    public static DurationView? Of(DurationHistogram durations) => durations.Count == 0 ? null : new DurationView(
        durations.Count,
        durations.MeanSeconds,
        durations.Quantile(0.5),
        durations.Quantile(0.9),
        durations.Quantile(0.99));

    private static ClassStatusView Of(ClassTally tally, int live, BreakerLoad? breaker)
    {
        long judged = tally.Ended(AttemptOutcome.Succeeded) + tally.Failures;
        return new ClassStatusView(
            tally.Name,
            live,
            tally.Total,
            judged == 0 ? null : (double)tally.Ended(AttemptOutcome.Succeeded) / judged,
            Bad.Where(outcome => tally.Ended(outcome) > 0).ToDictionary(Words.Of, tally.Ended, StringComparer.Ordinal),
            tally.LastFailure,
            breaker is null ? "closed" : breaker.IsHalfOpen ? "half_open" : "open",
            breaker?.Until,
            Of(tally.Durations));
    }
}
