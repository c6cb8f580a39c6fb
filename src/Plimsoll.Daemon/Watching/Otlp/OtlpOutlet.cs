using Plimsoll.Client.Services;
using Plimsoll.Daemon.Watching.Tracing;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>The way to collectors, with one owner: a queue of spans, a queue of log lines, the metrics in their period.</summary>
internal sealed class OtlpOutlet : IAsyncDisposable
{
    private readonly OtlpOptions options;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly List<OtlpSender> senders = [];
    private readonly OtlpSender? metrics;
    private MetricPush? push;

    /// <param name="patience">How long the end may take.</param>
    public OtlpOutlet(OtlpOptions options, TimeProvider time, Action<string> notice, TimeSpan patience)
    {
        this.options = options;
        this.time = time;
        this.patience = patience;
        Spans = Sender(options.Traces) is { } traces ? new OtlpQueue<Func<TraceSpan>>(traces, spans => SpanDocument.Of(spans, options), time, patience) : null;
        Lines = Sender(options.Logs) is { } logs ? new OtlpQueue<Func<LogLineView>>(logs, lines => LogDocument.Of(lines, options), time, patience) : null;
        metrics = Sender(options.Metrics);

        OtlpSender? Sender(OtlpTarget? target)
        {
            if (target is null)
            {
                return null;
            }

            var sender = new OtlpSender(target, time, notice);
            senders.Add(sender);
            return sender;
        }
    }

    /// <summary>Null when traces are not exported.</summary>
    public OtlpQueue<Func<TraceSpan>>? Spans { get; }

    /// <summary>Null when logs are not exported.</summary>
    public OtlpQueue<Func<LogLineView>>? Lines { get; }

    /// <summary>What was lost, of each signal that is exported.</summary>
    public IEnumerable<(string Signal, long Count)> Dropped => senders.Select(static sender => (sender.Target.Name, sender.Dropped));

    /// <summary>Begins to send metrics, when they are exported.</summary>
    /// <param name="read">Makes a document of those there are.</param>
    public void Measure(Func<MetricDocument, (byte[] Body, int Points)> read)
    {
        if (metrics is not null)
        {
            var document = new MetricDocument(options, time.GetUtcNow(), time);
            push = new MetricPush(metrics, options, () => read(document), time, patience);
        }
    }

    /// <summary>Sends what there is, all signals at once, as long as the patience lasts.</summary>
    public async ValueTask DisposeAsync()
    {
        Task spans = EndAsync(Spans);
        Task lines = EndAsync(Lines);
        await EndAsync(push);
        await spans;
        await lines;
        if (push is null)
        {
            metrics?.Dispose();
        }
    }

    private static Task EndAsync(IAsyncDisposable? one) => one?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
