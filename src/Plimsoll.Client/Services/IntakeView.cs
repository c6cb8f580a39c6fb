namespace Plimsoll.Client.Services;

/// <summary>Whether the service accepts and starts tasks.</summary>
/// <param name="State"><c>serving</c>, <c>paused</c> (accepts, starts nothing), <c>draining</c> (neither) or <c>stopping</c>.</param>
/// <param name="By">Who asked for it; null while it serves.</param>
/// <param name="Running">Tasks that run at present.</param>
/// <param name="Idle">True once nothing runs any more.</param>
public sealed record IntakeView(string State, string? Reason, string? By, DateTimeOffset? Since, int Running, bool Idle);
