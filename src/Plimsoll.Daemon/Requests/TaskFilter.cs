namespace Plimsoll.Daemon.Requests;

/// <summary>Which tasks to list.</summary>
/// <param name="States">Words as in listings; empty = all.</param>
/// <param name="Limit">At most this many.</param>
public sealed record TaskFilter(TaskAddress Address, IReadOnlyList<string> States, int Limit);
