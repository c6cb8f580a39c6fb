namespace Plimsoll.Core.Admission;

/// <summary>What a task gets after an attempt of it ran short of memory.</summary>
/// <param name="Exclusive">It runs alone on its node.</param>
/// <param name="LeastBytes">Of the node on which it runs alone: where memory is a fixed amount, a node that is smaller than what was declared is none.</param>
internal sealed record RaisedNeed(long Bytes, bool Exclusive, long LeastBytes);
