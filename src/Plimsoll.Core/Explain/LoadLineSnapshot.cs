using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>How far the nodes that are up are loaded, against the line that says how far they may be; sums over them.</summary>
/// <param name="Limit">Memory there is; null = not read.</param>
/// <param name="Capacity">The line: what tasks may hold together where nobody else uses anything; null = memory is not judged.</param>
/// <param name="Foreign">Used by others.</param>
/// <param name="Measured">What live attempts were measured to hold.</param>
/// <param name="Held">What they count for: at least what was measured.</param>
/// <param name="Shared">Pages of executables and libraries, once per node.</param>
/// <param name="Pool">Set aside for bursts of live attempts together.</param>
/// <param name="Free">Memory that nobody uses; null = not read.</param>
/// <param name="Slots">Attempts that count against the number of tasks at once.</param>
/// <param name="MostSlots">How many may; null = as many as memory carries.</param>
/// <param name="Causes">What the tasks wait for that could run, the most frequent cause first.</param>
public sealed record LoadLineSnapshot(
    Bytes? Limit,
    Bytes? Capacity,
    Bytes Foreign,
    Bytes Measured,
    Bytes Held,
    Bytes Shared,
    Bytes Pool,
    Bytes? Free,
    int Frozen,
    int Slots,
    int? MostSlots,
    ImmutableArray<WaitCause> Causes);
