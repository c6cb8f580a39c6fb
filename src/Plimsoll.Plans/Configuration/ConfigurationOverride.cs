namespace Plimsoll.Plans.Configuration;

/// <summary>A setting given on the command line.</summary>
/// <param name="Key">For example <c>max_concurrent</c> or <c>host.memory_reserve</c>.</param>
/// <param name="Flag">The flag as the user knows it, for messages: <c>--max-concurrent</c>.</param>
public sealed record ConfigurationOverride(string Key, string Value, string Flag);
