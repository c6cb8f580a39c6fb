namespace Plimsoll.Daemon.Slack;

/// <summary>A text that Slack is still to be told; durable until it was.</summary>
/// <param name="Channel">Id of the channel in Slack.</param>
/// <param name="Thread">Timestamp of the message it answers; null = it begins a conversation.</param>
internal sealed record KeptSlackPost(string Channel, string? Thread, string Text)
{
    /// <summary>Kind of the records; keys order by number of the message.</summary>
    public const string RecordKind = "slack_post";
}
