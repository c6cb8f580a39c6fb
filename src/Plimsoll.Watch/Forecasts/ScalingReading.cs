namespace Plimsoll.Watch.Forecasts;

/// <summary>What the scaling decision looks at.</summary>
/// <param name="Nodes">That are up.</param>
/// <param name="PinnedNodes">That hold work which cannot move: live attempts and leases.</param>
/// <param name="OldestWait">Of the ready task that waits longest; zero when none is ready.</param>
/// <param name="Ready">Tasks that more nodes could start: not those that wait for locks, limits or quotas.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="PlacesPerNode">Tasks that a node carries, at least 1.</param>
public readonly record struct ScalingReading(DateTimeOffset At, int Nodes, int PinnedNodes, TimeSpan OldestWait, long Ready, int Running, double PlacesPerNode);
