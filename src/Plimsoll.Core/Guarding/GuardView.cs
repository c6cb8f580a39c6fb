using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Guarding;

/// <summary>What the kernel tells the guard of a node; immutable, replaced when the live attempts or what is known of them changed.</summary>
/// <param name="Tasks">Live attempts by rising fence.</param>
/// <param name="Reserve">Configured reserve; null = the default for the node's limit.</param>
/// <param name="Protect">False when the user switched the load line off: then the guard does nothing.</param>
public sealed record GuardView(ImmutableArray<GuardTask> Tasks, Bytes? Reserve, bool Protect)
{
    public static GuardView Empty { get; } = new([], null, true);

    /// <summary>Memory never given to tasks of a node with this limit.</summary>
    public Bytes ReserveOf(Bytes limit) => Reserve ?? new Bytes(MemoryRule.DefaultReserveBytes(limit));
}
