namespace Plimsoll.Daemon.Messages;

/// <summary>A message as the journal keeps it.</summary>
/// <param name="Number">Grows over all channels.</param>
/// <param name="Kind"><c>message</c> or <c>answer</c>.</param>
/// <param name="Thread">Number of the message that began the conversation.</param>
/// <param name="ReplyTo">Number of the message it answers; null = none.</param>
/// <param name="Task">Id of the task that wrote it; null = no task did.</param>
/// <param name="Mentions">Tasks that were made of it.</param>
/// <param name="Note">What was not done with it, for people; null = everything was.</param>
internal sealed record KeptMessage(
    long Number, DateTimeOffset At, string Author, string Kind, string Text, long Thread, long? ReplyTo, long? Task, IReadOnlyList<KeptMention> Mentions, string? Note)
{
    /// <summary>Kind of the records; keys order by channel, then by number.</summary>
    public const string RecordKind = "message";

    public const string Plain = "message";

    public const string Answer = "answer";
}
