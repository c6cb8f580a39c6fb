namespace Plimsoll.Daemon.Messages;

/// <summary>A task that was made of a message and owes an answer, or has given it.</summary>
/// <param name="Message">Number of the message it was made of.</param>
/// <param name="Thread">Number of the message that began the conversation.</param>
/// <param name="Hops">Answers between that one and this task.</param>
/// <param name="SlackThread">Timestamp of the conversation in Slack; null = it did not begin there.</param>
internal sealed record KeptErrand(string Channel, string Agent, long Message, long Thread, int Hops, bool Answered, string? SlackThread)
{
    /// <summary>Kind of the records; their key is the id of the task.</summary>
    public const string RecordKind = "errand";
}
