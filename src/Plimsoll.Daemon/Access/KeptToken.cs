namespace Plimsoll.Daemon.Access;

/// <summary>What the journal keeps of a token: never the token itself.</summary>
/// <param name="Digest">SHA-256 of the token, in hexadecimal digits; the token has 256 random bits, so that no salt is needed.</param>
/// <param name="ExpiresAt">Null = it does not.</param>
/// <param name="By">Who made it.</param>
internal sealed record KeptToken(string Digest, AccessScope Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string By);
