namespace Plimsoll.Calibration.ProviderModel.Caching;

/// <summary>The beginning of a prompt up to a cache breakpoint.</summary>
/// <param name="Key">Equal for equal beginnings (a hash).</param>
/// <param name="Tokens">From the first token of the prompt to the breakpoint; ascending within a request.</param>
internal readonly record struct PromptPrefix(ulong Key, long Tokens);
