using System.Collections.Immutable;
using System.Net;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Leases;
using Plimsoll.Daemon.Serving;
using Plimsoll.Journal.Stores;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Reads everything that is watched: one question to the loop, all else beside it.</summary>
/// <remarks>One caller, about once a second.</remarks>
internal sealed class WatchSampler
{
    private readonly ServiceHost host;
    private readonly WatchTally tally;
    private readonly RequestCounter requests;
    private readonly LoadReader loads;
    private readonly QueueWaits waits = new();
    private readonly SharingReadings sharing = new();
    private readonly AttemptWatch attempts;
    private readonly NodeReadings nodes;
    private readonly AgentChecks agents;

    public WatchSampler(ServiceHost host, WatchTally tally, RequestCounter requests)
    {
        this.host = host;
        this.tally = tally;
        this.requests = requests;
        loads = new LoadReader(host.Loop);
        attempts = new AttemptWatch(host.Loop.State.Layout, () => host.Loop.Memory.Latest, () => host.Loop.Gateway);
        nodes = new NodeReadings(host.Context.StateFolder, Dns.GetHostName());
        agents = new AgentChecks([.. host.Context.Configuration.Agents.Values], host.Context.Environment, host.Context.Folder);
    }

    /// <param name="line">Whether somebody wants to see the first tasks in line.</param>
    public async Task<WatchPicture> ReadAsync(bool line, CancellationToken cancellationToken)
    {
        LoadLook? look = await loads.ReadAsync(waits.Oldest, line, host.Context.Time, cancellationToken);
        TallyPicture counted = tally.Take();
        ImmutableArray<LeaseLook> leases = [.. host.Leases.All];
        var sample = new WatchSample(look?.Picture.At ?? host.Loop.Clock.Now)
        {
            Ended = counted.Ended,
            Quotas = GatewayReadings.Of(host.Loop.Gateway),
            Journal = ReadJournal(),
            Counters = new CounterReading(counted.Started, counted.Finished, counted.OutOfMemoryKills, counted.Evictions, requests.StaleFences, requests.Errors, requests.Requests)
            {
                Tokens = counted.Tokens,
                MicroDollars = counted.MicroDollars,
            },
        };
        if (look is not null)
        {
            sample = Fill(sample, look, counted, leases);
        }

        return new WatchPicture(sample, look?.Picture, counted, look?.Waiting ?? [], leases, host.PoolSize);
    }

    private WatchSample Fill(WatchSample sample, LoadLook look, TallyPicture counted, ImmutableArray<LeaseLook> leases)
    {
        LoadPicture picture = look.Picture;
        QueueReading queue = waits.Read(look);
        HashSet<string> classes = [.. counted.Classes.Select(static one => one.Name), .. picture.Live.Select(static live => live.Class)];
        return sample with
        {
            Queue = queue,
            Nodes = nodes.Read(picture),
            Attempts = attempts.Read(picture),
            Locks = SharingReadings.Locks(picture),
            Breakers = sharing.Breakers(picture),
            Leases = SharingReadings.Leases(picture, leases, look.Limits),
            Pools = Pools(picture, queue, counted),
            Agents = agents.Read(sample.At, classes),
        };
    }

    private ImmutableArray<PoolReading> Pools(LoadPicture picture, QueueReading queue, TallyPicture counted)
    {
        NodeLoad local = picture.Nodes.First(static node => node.Node == NodeId.Local);
        int taken = picture.Nodes.Sum(static node => node.SlotsTaken);

        // While a place is free, what is ready waits for something else: a lock, a limit, memory, its class.
        bool isFull = taken >= host.PoolSize && !queue.IntakePaused;
        var slots = new PoolReading("slots", PoolKind.Places, host.PoolSize, taken, isFull ? queue.Ready : 0, counted.Started)
        {
            LongestWait = isFull && queue.Oldest is { } oldest && oldest.Since < picture.At ? picture.At - oldest.Since : TimeSpan.Zero,
        };
        var burst = new PoolReading("burst memory", PoolKind.Places, local.BurstPool.Value, Math.Min(local.BurstPool.Value, local.Burst.Value), 0, counted.Started);
        return host.Loop.State.Store.Pool is { } use
            ? [slots, burst, new PoolReading("journal", PoolKind.Connections, use.Limit, use.InUse, use.Waiting, host.Loop.State.Journal.Sequence) { LongestWait = use.LongestWait }]
            : [slots, burst];
    }

    private JournalReading ReadJournal()
    {
        (TimeSpan slowest, long commits) = host.Loop.State.Journal.TakePace();
        JournalCondition condition = host.Loop.State.Journal.Condition;
        return new JournalReading(slowest, commits, host.Loop.JournalTrouble ?? (condition.Health == JournalHealth.Away ? condition.Reason ?? "it does not answer" : null));
    }
}
