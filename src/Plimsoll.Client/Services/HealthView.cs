namespace Plimsoll.Client.Services;

/// <summary>How the service is, and how busy.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> (accepts nothing: <paramref name="Trouble"/> says why) <c>paused</c> (accepts, starts nothing), <c>draining</c> or <c>stopping</c> (neither).</param>
/// <param name="TasksQueued">Accepted, not ended, not running.</param>
/// <param name="AvailableSlots">How many more could run now.</param>
/// <param name="PoolSize">How many can run at once: as configured, or as memory allows at present.</param>
public sealed record HealthView(string Status, int TasksRunning, int TasksQueued, int AvailableSlots, int PoolSize, string? Trouble);
