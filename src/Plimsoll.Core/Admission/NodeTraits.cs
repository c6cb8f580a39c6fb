namespace Plimsoll.Core.Admission;

/// <summary>What else a start may ask of a node.</summary>
[Flags]
internal enum NodeTraits : byte
{
    None = 0,

    /// <summary>Nothing is alive on it.</summary>
    Empty = 1,

    /// <summary>One more probe of a class of which nothing is known may start.</summary>
    FreshPlace = 2,

    /// <summary>One more start may go through its start gate.</summary>
    GatePlace = 4,
}
