namespace Plimsoll.Daemon.Messages;

/// <summary>A message that is durable.</summary>
/// <param name="Repeated">True when an earlier one with the same key is meant.</param>
internal sealed record Posted(string Channel, KeptMessage Message, bool Repeated);
