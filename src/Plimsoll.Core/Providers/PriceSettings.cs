namespace Plimsoll.Core.Providers;

/// <summary>What a million tokens cost in US dollars, for the models a pattern names.</summary>
/// <param name="Models">Model name with <c>*</c> for any text; the longest pattern that matches counts.</param>
public sealed record PriceSettings(string Models, decimal Input, decimal Output, decimal CacheRead = 0, decimal CacheWrite = 0);
