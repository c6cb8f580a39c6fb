namespace Plimsoll.Watch.Samples;

/// <summary>What a pool gives out.</summary>
public enum PoolKind : byte
{
    /// <summary>Places for tasks or work: full is normal as long as places come free.</summary>
    Places = 0,

    /// <summary>Connections to a database or provider: full delays everything behind it.</summary>
    Connections = 1,
}
