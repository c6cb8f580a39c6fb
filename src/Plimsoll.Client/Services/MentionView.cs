namespace Plimsoll.Client.Services;

/// <summary>A task that was made of a mention.</summary>
/// <param name="Id">Of the task, for example <c>12.345</c>.</param>
public sealed record MentionView(string Agent, string Id);
