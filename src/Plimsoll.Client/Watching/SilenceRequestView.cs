namespace Plimsoll.Client.Watching;

/// <summary>Asks for a silence.</summary>
/// <param name="Minutes">How long, 1 to 43200.</param>
/// <param name="Rule">Null = every rule; taken from the alert where one is named in the path.</param>
/// <param name="Subject">Null = every subject.</param>
public sealed record SilenceRequestView(double? Minutes, string? Rule, string? Subject, string? Reason);
