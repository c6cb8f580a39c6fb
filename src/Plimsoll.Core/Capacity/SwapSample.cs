using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>Swap space of a node at one moment.</summary>
public readonly record struct SwapSample(Bytes Total, Bytes Used);
