namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>What an answer says it used, tokens.</summary>
/// <param name="Input">Neither read from nor written to the prompt cache.</param>
/// <param name="CacheWrite">Written to the cache.</param>
/// <param name="CacheRead">Read from the cache.</param>
/// <param name="Output">Produced.</param>
internal readonly record struct TokenUsage(long Input, long CacheWrite, long CacheRead, long Output)
{
    /// <summary>The whole prompt.</summary>
    public long Prompt => Input + CacheWrite + CacheRead;
}
