namespace Plimsoll.Core.Facts;

/// <summary>Starting was paused or resumed.</summary>
public sealed record IntakeChanged(DateTimeOffset At, bool Paused, string Reason) : Fact(At);
