namespace Plimsoll.Core.Facts;

/// <summary>A class of tasks was made sequential after repeated trouble with memory, or was widened again.</summary>
/// <param name="Width">How many of the class may run at once; null = no longer limited.</param>
/// <param name="Reason">One line for people.</param>
public sealed record ClassWidthChanged(DateTimeOffset At, string Class, int? Width, string Reason) : Fact(At);
