namespace Plimsoll.Client.Watching;

/// <summary>What a webhook and a command are told.</summary>
/// <param name="Event"><c>raised</c>, <c>cleared</c> or <c>reminded</c>.</param>
public sealed record AlertNoticeView(string Event, AlertView Alert);
