namespace Plimsoll.Core.Explain;

/// <summary>What some tasks wait for.</summary>
/// <param name="Tasks">How many; those behind the first of their kind wait for the same or for their turn.</param>
/// <param name="First">What decides for the first of them.</param>
public sealed record WaitCause(int Tasks, WaitReason First);
