namespace Plimsoll.Daemon.Access;

/// <summary>A browser that has shown a token.</summary>
/// <param name="Seal">Of its cookie, under the service's secret: the cookie itself is nowhere but in the browser.</param>
/// <param name="Name">Of the token, for audit.</param>
internal sealed record Session(string Seal, string Name, AccessScope Scope, DateTimeOffset BegunAt, DateTimeOffset ExpiresAt);
