namespace Plimsoll.Client.Services;

/// <summary>A named token of the service.</summary>
/// <param name="Scope"><c>read</c>, <c>submit</c> or <c>admin</c>; each includes those before it.</param>
/// <param name="ExpiresAt">Null = it does not.</param>
/// <param name="By">Who made it.</param>
/// <param name="Token">The token itself, in the answer to its making alone.</param>
public sealed record TokenView(string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string By, string? Token);
