namespace Plimsoll.Daemon.Messages;

/// <summary>A task that was made of a mention.</summary>
/// <param name="Task">Its id.</param>
internal sealed record KeptMention(string Agent, long Task);
