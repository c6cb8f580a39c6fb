namespace Plimsoll.Core.Inputs;

/// <summary>Starts nothing more (paused) or goes on.</summary>
public sealed record SetIntake(bool Paused, string Reason) : Input;
