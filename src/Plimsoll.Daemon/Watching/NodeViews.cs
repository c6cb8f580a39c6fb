using Plimsoll.Client.Watching;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows machines: what was read, beside what admission reckons with.</summary>
internal static class NodeViews
{
    public static IReadOnlyList<NodeView> Of(WatchPicture picture)
    {
        Dictionary<NodeId, NodeReading> readings = picture.Sample.Nodes.ToDictionary(static reading => reading.Node);
        return picture.Load is null ? [] : [.. picture.Load.Nodes.Select(load => Of(load, readings.GetValueOrDefault(load.Node)))];
    }

    private static NodeView Of(NodeLoad load, NodeReading? reading) => new(
        load.Node.Value,
        reading?.Name ?? load.Node.ToString(),
        load.IsUp,
        reading?.Cores ?? load.Cores,
        reading?.Cpu?.Busy,
        reading?.Cpu?.Stalled,
        reading?.Memory?.Limit.Value,
        reading?.Memory?.Free.Value,
        reading?.Memory?.Tasks.Value,
        load.Capacity?.Value,
        load.Reserve?.Value,
        load.Held.Value,
        load.Owed.Value,
        load.BurstPool.Value,
        load.Burst.Value,
        load.Foreign.Value,
        reading?.Swap?.Total.Value,
        reading?.Swap?.Used.Value,
        reading?.Pressure?.Some,
        reading?.Pressure?.Full,
        reading?.DiskTotal?.Value,
        reading?.DiskFree?.Value,
        load.Live,
        load.Frozen,
        load.Gated);
}
