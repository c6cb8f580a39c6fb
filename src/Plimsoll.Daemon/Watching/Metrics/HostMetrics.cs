using System.Diagnostics.Metrics;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Samples;
using static Plimsoll.Daemon.Watching.Metrics.PictureMeter;

namespace Plimsoll.Daemon.Watching.Metrics;

/// <summary>Metrics of the machines, the journal and the service itself.</summary>
internal static class HostMetrics
{
    public static void Add(PictureMeter meter, RequestCounter requests)
    {
        Node(meter, "plimsoll.node.memory.limit", "Memory of the node.", static node => node.Memory?.Limit);
        Node(meter, "plimsoll.node.memory.free", "Memory that new allocations can get.", static node => node.Memory?.Free);
        Node(meter, "plimsoll.node.memory.tasks", "Resident memory of tasks.", static node => node.Memory?.Tasks);
        Node(meter, "plimsoll.node.memory.capacity", "What tasks may hold together.", static node => node.Capacity);
        Node(meter, "plimsoll.node.memory.reserve", "Memory that is never given to tasks.", static node => node.Reserve);
        Node(meter, "plimsoll.node.memory.owed", "Set aside for live attempts beyond what they hold yet.", static node => node.Owed);
        Node(meter, "plimsoll.node.swap.used", "Swap in use.", static node => node.Swap?.Used);
        Node(meter, "plimsoll.node.disk.free", "Free space on the disk of the state folder.", static node => node.DiskFree);
        Share(meter, "plimsoll.node.cpu.busy", "Share of processor time in use.", static node => node.Cpu?.Busy);
        Share(meter, "plimsoll.node.cpu.stalled", "Share of the time in which something waited for a processor (PSI).", static node => node.Cpu?.Stalled);
        Share(meter, "plimsoll.node.memory.stalled", "Share of the time in which all work stalled for want of memory (PSI full).", static node => node.Pressure?.Full);
        Share(meter, "plimsoll.node.gated", "1 while the pressure ladder lets nothing start.", static node => node.Gated ? 1 : 0);
        meter.Gauges("plimsoll.node.burst_pool", "By", "Memory kept free for bursts.", static picture => Loads(picture, static node => node.BurstPool.Value));
        meter.Gauges("plimsoll.node.tasks", "{task}", "Attempts and leases on a node.", static picture => Loads(picture, static node => node.Live));
        meter.Counter("plimsoll.evictions", "{attempt}", "Attempts ended by the pressure ladder.", static picture => picture.Tally.Evictions);
        meter.Counter("plimsoll.out_of_memory.kills", "{attempt}", "Attempts killed by the kernel for want of memory.", static picture => picture.Tally.OutOfMemoryKills);
        meter.Counter("plimsoll.journal.commits", "{commit}", "Turns made durable.", static picture => picture.Sample.Journal?.Commits);
        meter.Gauge("plimsoll.journal.commit.slowest", "s", "Slowest commit of the last second.", static picture => picture.Sample.Journal?.Slowest.TotalSeconds);
        meter.Gauge("plimsoll.journal.up", "1", "0 while turns cannot be made durable.", static picture => picture.Sample.Journal is { } journal ? journal.Fault is null ? 1 : 0 : null);
        meter.Counter("plimsoll.http.requests", "{request}", "Requests answered.", _ => requests.Requests);
        meter.Counter("plimsoll.http.errors", "{request}", "Requests answered 5xx, but for 503.", _ => requests.Errors);
        meter.Counter("plimsoll.fences.rejected", "{request}", "Requests with a stale fence.", _ => requests.StaleFences);
        meter.Gauge("process.memory.usage", "By", "Resident memory of the service.", static _ => Environment.WorkingSet);
        meter.Counter("process.cpu.time", "s", "Processor time of the service.", static _ => Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    private static void Node(PictureMeter meter, string name, string description, Func<NodeReading, Bytes?> value) =>
        meter.Gauges(name, "By", description, picture => Readings(picture, node => value(node)?.Value));

    private static void Share(PictureMeter meter, string name, string description, Func<NodeReading, double?> value) =>
        meter.Gauges(name, "1", description, picture => Readings(picture, value));

    private static IEnumerable<Measurement<double>> Readings(WatchPicture picture, Func<NodeReading, double?> value) =>
        from node in picture.Sample.Nodes
        let number = value(node)
        where number is not null
        select With(number.Value, Tag("plimsoll.node", node.Node.ToString()));

    private static IEnumerable<Measurement<double>> Loads(WatchPicture picture, Func<NodeLoad, double> value) =>
        picture.Load is { } load ? load.Nodes.Where(static node => node.IsUp).Select(node => With(value(node), Tag("plimsoll.node", node.Node.ToString()))) : [];
}
