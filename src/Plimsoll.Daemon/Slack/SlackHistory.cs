namespace Plimsoll.Daemon.Slack;

/// <summary>Messages of a channel or thread in Slack.</summary>
internal sealed record SlackHistory(bool Ok, IReadOnlyList<SlackMessage>? Messages);
