namespace Plimsoll.Daemon.Resources;

/// <summary>That somebody paused or drains the service; survives its restarts until somebody resumes it.</summary>
/// <param name="State"><c>paused</c> or <c>draining</c>.</param>
internal sealed record KeptIntake(string State, string? Reason, string By, DateTimeOffset At);
