namespace Plimsoll.Client.Services;

/// <summary>Messages of a channel, oldest first.</summary>
/// <param name="After">Where the next page begins.</param>
public sealed record MessageListView(IReadOnlyList<MessageView> Messages, string After);
