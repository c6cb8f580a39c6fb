namespace Plimsoll.Client.Watching;

/// <summary>A message as Slack's incoming webhooks take it.</summary>
public sealed record ChatMessageView(string Text);
