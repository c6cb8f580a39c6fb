using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Providers;

/// <summary>Which answers are kept, how many and how long.</summary>
/// <param name="Routes">Routes whose answers are kept; embeddings unless configured.</param>
public sealed record CacheSettings(ImmutableArray<string> Routes, int Entries, TimeSpan TimeToLive, Bytes Size)
{
    /// <summary>Embeddings only, 10,000 entries, an hour, 256 MiB.</summary>
    public static CacheSettings Default { get; } = new(["embeddings"], 10_000, TimeSpan.FromHours(1), new Bytes(256L << 20));
}
