namespace Plimsoll.Daemon.Slack;

/// <summary>A message as Slack takes and shows it.</summary>
/// <param name="ThreadTs">The message it answers; null = it begins a conversation.</param>
internal sealed record SlackMessage(string? Channel, string? Text, string? ThreadTs, SlackMetadata? Metadata);
