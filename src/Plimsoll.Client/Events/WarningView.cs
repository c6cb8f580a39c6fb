namespace Plimsoll.Client.Events;

/// <summary>Something the user should know that stops nothing.</summary>
/// <param name="Code">Stable word for scripts.</param>
public sealed record WarningView(
    DateTimeOffset At,
    int Run,
    string Code,
    string Message) : RunEventView(At, Run);
