namespace Plimsoll.Core.Capacity;

/// <summary>Which of the nodes on which a task fits gets it; every strategy honours memory, cores, labels and what is kept for the head.</summary>
public enum PlacementStrategy : byte
{
    /// <summary>The node on which the least is left over, so that large tasks find whole nodes.</summary>
    BestFit = 0,

    /// <summary>The node that was given nothing for the longest time.</summary>
    RoundRobin = 1,

    /// <summary>The node whose memory, cores or places are used least.</summary>
    LeastLoaded = 2,

    /// <summary>In turn, but nodes in proportion to their capacity.</summary>
    WeightedRoundRobin = 3,

    /// <summary>The node with the fewest labels that suffices, so that special nodes stay free for tasks that need them.</summary>
    CapabilityBased = 4,
}
