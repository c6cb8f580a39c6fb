using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Watching.Logs;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Daemon.Watching.Tracing;

namespace Plimsoll.Daemon.Watching;

/// <summary>Makes spans and log lines of durable facts, for those who want them: standard error, collectors.</summary>
internal sealed class Telemetry : IFactObserver, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SpanTally? spans;
    private readonly FactLog? facts;
    private bool ended;

    /// <param name="options">What is exported; null = nothing.</param>
    /// <param name="log">Standard error in JSON; null = nothing is logged there.</param>
    public Telemetry(OtlpOptions? options, ServiceLog? log, TaskRegistry registry, TraceIds ids, (TimeProvider Time, Action<string> Notice) around)
    {
        Outlet = options is null ? null : new OtlpOutlet(options, around.Time, around.Notice, Patience);
        spans = Outlet?.Spans is { } queue ? new SpanTally(registry, ids, around.Time, queue.Add) : null;
        Log = log is not null || Outlet?.Lines is not null ? new LogFan(log, Outlet?.Lines, around.Time) : null;
        facts = Log is null ? null : new FactLog(Log, registry, ids);
    }

    /// <summary>Where lines go; null when nobody wants them.</summary>
    public LogFan? Log { get; }

    /// <summary>The way to collectors; null when nothing is exported.</summary>
    public OtlpOutlet? Outlet { get; }

    /// <summary>Logs alerts; null when nobody wants lines.</summary>
    public FactLog? Facts => facts;

    /// <summary>Takes a fact of the journal.</summary>
    public void Recover(Fact fact) => spans?.Recover(fact);

    public void Observe(IReadOnlyList<Fact> told)
    {
        spans?.Observe(told);
        facts?.Observe(told);
    }

    /// <summary>Makes spans of the model calls of a gateway.</summary>
    public void Watch(GatewayLink gateway)
    {
        if (spans is not null)
        {
            gateway.CallEnded = spans.Ended;
        }
    }

    /// <summary>Sends what is there, for two seconds at most; the second time nothing is left to do.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ended && Outlet is not null)
        {
            ended = true;
            await Outlet.DisposeAsync();
        }
    }
}
