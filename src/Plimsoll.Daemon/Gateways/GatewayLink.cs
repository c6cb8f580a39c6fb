using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Requests;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Gateways;

/// <summary>The gateway of a run: keys of its attempts, what they use, and what the quotas can feed.</summary>
/// <remarks>Attempts begin on the loop's thread and end on any; samples are taken once a second, so that a crash loses a second of use at most.</remarks>
internal sealed class GatewayLink : ICallObserver, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Requests that an ending cut off are settled by then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<AttemptId, ModelUsage> told = new(); // written by the sampler and by ends
    private readonly ConcurrentDictionary<AttemptId, long> ended = new(); // attempt to the timestamp of its end
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider time;
    private GatewayHost host = null!;
    private WiringRule wiring = null!;
    private IInputSink? inputs;
    private ImmutableArray<QuotaFeed> feeds = [];
    private Task sampler = Task.CompletedTask;

    private GatewayLink(TimeProvider time) => this.time = time;

    /// <summary>Base URL for programs on this machine, without <c>/v1</c>.</summary>
    public Uri Address => host.Address;

    /// <summary>Starts the gateway; a missing key or a taken port is a refusal.</summary>
    public static async Task<Outcome<GatewayLink>> StartAsync(
        GatewaySettings settings, IReadOnlyDictionary<string, string> environment, TimeProvider time, Action<string> notice, CancellationToken cancellationToken, IMeterFactory? meters = null)
    {
        var link = new GatewayLink(time);
        GatewayStart start = await GatewayHost.StartAsync(settings, new GatewayPorts(time, environment, link, notice) { Meters = meters }, cancellationToken);
        if (start.Host is not { } host)
        {
            return new Refusal(ExitCode.Invalid, $"the gateway cannot run: {start.Refusal}", null);
        }

        link.host = host;
        link.wiring = new WiringRule(host.Address, settings);
        return link;
    }

    /// <summary>Begins to take samples for the kernel; once.</summary>
    public void Begin(IInputSink sink, Action<Exception> failed)
    {
        inputs = sink;
        sampler = SampleAsync(failed);
    }

    /// <summary>Gives an attempt its key and says how its program is told of it.</summary>
    public AttemptWiring Wire(Caller caller, GatewayDemand demand, RenderedTask task, IReadOnlyDictionary<string, string> inherited)
    {
        told[caller.Attempt!.Value] = default;
        return wiring.Of(demand, host.Issue(caller), task, inherited);
    }

    /// <summary>Asks a model on behalf of an attempt, from within this process.</summary>
    public Task<LlmAnswer> CallAsync(LlmCall call, CancellationToken cancellationToken)
    {
        told[call.Caller.Attempt!.Value] = default;
        return host.CallAsync(call, cancellationToken);
    }

    /// <summary>Ends the key of an attempt; its last use is told before its end.</summary>
    public void End(AttemptId attempt)
    {
        if (told.ContainsKey(attempt))
        {
            host.Revoke(attempt);
            Tell(attempt);
            ended[attempt] = time.GetTimestamp();
        }
    }

    /// <summary>The pressure ladder's hold.</summary>
    public void Hold(bool held) => host.Hold(held);

    /// <summary>Keeps the streams of an attempt while it is frozen.</summary>
    public void Freeze(AttemptId attempt, bool frozen)
    {
        if (told.ContainsKey(attempt))
        {
            host.Freeze(attempt, frozen);
        }
    }

    /// <summary>Levels, queues and counters for people.</summary>
    public GatewaySnapshot Snapshot() => host.Snapshot();

    /// <summary>What each provider can feed, at the last sample.</summary>
    public ImmutableArray<QuotaFeed> Feeds => feeds;

    /// <summary>What an attempt has used so far and how many of its requests are under way; null when it does not use the gateway.</summary>
    public (ModelUsage Usage, int UnderWay)? TrafficOf(AttemptId attempt) =>
        told.TryGetValue(attempt, out ModelUsage usage) ? (usage, host.UnderWayOf(attempt)) : null;

    /// <summary>Told of each request that has ended; any thread.</summary>
    public Action<CallRecord> CallEnded { private get; set; } = static _ => { };

    void ICallObserver.Ended(CallRecord call) => CallEnded(call);

    void ICallObserver.Kept(KeptStream stream)
    {
        if (stream.Caller.Attempt is { } attempt)
        {
            inputs?.Post(new StreamKept(attempt, 1, stream.Bytes));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sampler;
        await host.DisposeAsync();
        stop.Dispose();
    }

    private async Task SampleAsync(Action<Exception> failed)
    {
        using PeriodicTimer timer = new(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                Sample();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception error)
        {
            failed(error);
        }
    }

    private void Sample()
    {
        ImmutableArray<QuotaFeed> now = host.Feeds();
        if (!now.AsSpan().SequenceEqual(feeds.AsSpan()))
        {
            feeds = now;
            inputs!.Post(new QuotaSampled(now));
        }

        foreach (AttemptId attempt in told.Keys)
        {
            Tell(attempt);
            if (ended.TryGetValue(attempt, out long at) && time.GetElapsedTime(at) > Settling)
            {
                host.Forget(attempt);
                ended.TryRemove(attempt, out _);
                told.TryRemove(attempt, out _);
            }
        }
    }

    private void Tell(AttemptId attempt)
    {
        ModelUsage usage = host.UsageOf(attempt);
        if (told.TryGetValue(attempt, out ModelUsage before) && usage != before && told.TryUpdate(attempt, usage, before))
        {
            inputs?.Post(new UsageSampled(attempt, usage));
        }
    }
}
