using Plimsoll.Client.Watching;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows live attempts.</summary>
internal static class LiveViews
{
    private const int Most = 1024;

    public static IReadOnlyList<LiveAttemptView> Of(WatchPicture picture)
    {
        Dictionary<AttemptId, AttemptReading> readings = picture.Sample.Attempts.ToDictionary(static reading => reading.Attempt);
        return picture.Load is { } load
            ? [.. load.Live.Where(static live => !live.IsLease).Take(Most).Select(live => Of(live, readings.GetValueOrDefault(live.Attempt), load.At))]
            : [];
    }

    private static LiveAttemptView Of(LiveLoad live, AttemptReading? reading, DateTimeOffset at)
    {
        DateTimeOffset? last = reading?.LastOutputAt > reading?.LastModelTrafficAt || reading?.LastModelTrafficAt is null ? reading?.LastOutputAt : reading.LastModelTrafficAt;
        return new LiveAttemptView(
            live.Attempt.Task.ToString(),
            live.Attempt.Number,
            live.Name,
            live.Class,
            live.Node.Value,
            live.Ending ? "ending" : live.Frozen ? "frozen" : live.StartedAt is null ? "starting" : "running",
            live.AdmittedAt,
            Math.Max(0, (at - (live.StartedAt ?? live.AdmittedAt)).TotalSeconds),
            reading?.Resident?.Value,
            reading?.Predicted?.Value,
            reading?.Limit?.Value ?? live.Limit?.Value,
            reading?.Cpu?.TotalSeconds,
            last is { } silentSince ? Math.Max(0, (at - silentSince).TotalSeconds) : null,
            reading?.Tokens ?? 0);
    }
}
