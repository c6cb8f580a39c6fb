namespace Plimsoll.Core.Providers;

/// <summary>Where a secret is read at the start; the secret itself is never configuration.</summary>
/// <param name="Variable">Name of an environment variable, or null.</param>
/// <param name="File">Path of a file whose first line is the secret, or null. Exactly one of the two is given.</param>
public sealed record KeySource(string? Variable, string? File);
