namespace Plimsoll.Client.Services;

/// <summary>A message that was accepted: durable, with the tasks that were made of it.</summary>
/// <param name="Note">What was not done with it; null = everything was.</param>
/// <param name="Repeated">True when an earlier message with the same idempotency key is meant.</param>
public sealed record PostedView(string Id, string Channel, string Thread, IReadOnlyList<MentionView> Tasks, string? Note, bool Repeated);
