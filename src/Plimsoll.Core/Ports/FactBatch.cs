using Plimsoll.Core.Facts;

namespace Plimsoll.Core.Ports;

/// <summary>The facts of one turn on their way to the journal.</summary>
/// <param name="Sequence">The expected sequence of the turn: last durable one plus 1.</param>
/// <param name="Acknowledges">True when accepted work is acknowledged after the commit: it must survive power loss.</param>
public sealed record FactBatch(long Epoch, long Sequence, IReadOnlyList<Fact> Facts, bool Acknowledges);
