namespace Plimsoll.Client.Overviews;

/// <summary>Who looks at the dashboard.</summary>
/// <param name="Name">Of the token that was exchanged for it.</param>
/// <param name="Scope"><c>read</c>, <c>submit</c> or <c>admin</c>.</param>
/// <param name="Csrf">Sent as <c>X-Plimsoll-Csrf</c> with every request that changes something.</param>
public sealed record SessionView(string Name, string Scope, DateTimeOffset ExpiresAt, string Csrf);
