namespace Plimsoll.Core.Capacity;

/// <summary>What keeps a node from starting anything for a while; readings, not facts: they are taken anew after recovery.</summary>
internal sealed class NodeGates
{
    /// <summary>Start nothing before this time: more than <c>pause_above</c> was used.</summary>
    public DateTimeOffset PausedUntil { get; set; }

    /// <summary>Start nothing before this time: an attempt was evicted.</summary>
    public DateTimeOffset CoolsUntil { get; set; }

    /// <summary>True while the guard wants nothing to start.</summary>
    public bool IsGuarded { get; set; }
}
