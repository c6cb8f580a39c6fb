namespace Plimsoll.Core.Limits;

/// <summary>Names what one request holds in a vector; given out in the order of taking, from 1.</summary>
public readonly record struct HoldId(long Value);
