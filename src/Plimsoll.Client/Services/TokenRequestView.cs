namespace Plimsoll.Client.Services;

/// <summary>A token that is wanted.</summary>
/// <param name="Name">1 to 100 letters, digits and <c>_ - .</c></param>
/// <param name="Scope"><c>read</c>, <c>submit</c> or <c>admin</c>.</param>
/// <param name="ExpiresInSeconds">Null = it does not expire.</param>
public sealed record TokenRequestView(string? Name, string? Scope, double? ExpiresInSeconds);
