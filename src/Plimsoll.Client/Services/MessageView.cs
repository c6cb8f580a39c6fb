namespace Plimsoll.Client.Services;

/// <summary>A message of a channel.</summary>
/// <param name="Id">Grows over all channels; the cursor of a listing.</param>
/// <param name="Kind"><c>message</c> or <c>answer</c>.</param>
/// <param name="Thread">Id of the message that began the conversation.</param>
/// <param name="ReplyTo">Id of the message it answers.</param>
/// <param name="Task">Id of the task that wrote it; null = no task did.</param>
/// <param name="Tasks">Tasks that were made of its mentions.</param>
/// <param name="Note">What was not done with it; null = everything was.</param>
public sealed record MessageView(
    string Id, string Channel, DateTimeOffset At, string Author, string Kind, string Text, string Thread, string? ReplyTo, string? Task, IReadOnlyList<MentionView> Tasks, string? Note);
