namespace Plimsoll.Gateway.Providers;

/// <summary>Tokens the provider has counted for one answer.</summary>
/// <param name="Input">Neither read from nor written to its cache.</param>
internal readonly record struct TokenCounts(long Input, long CacheWrite, long CacheRead, long Output)
{
    /// <summary>All that was sent.</summary>
    public long Prompt => Input + CacheWrite + CacheRead;

    /// <summary>What counts against a limit on input tokens where cache reads do not.</summary>
    public long Charged => Input + CacheWrite;
}
