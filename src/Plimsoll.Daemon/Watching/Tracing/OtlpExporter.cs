using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Sends spans to a collector, in batches, off every path that works: what does not fit into the queue is dropped and counted.</summary>
internal sealed class OtlpExporter : IAsyncDisposable
{
    private const int Queued = 20_000;
    private const int Batch = 512;
    private const int Tries = 3;

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(3);

    private readonly OtlpOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly HttpClient client;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<TraceSpan> spans;
    private readonly Task work;
    private long dropped;

    public OtlpExporter(OtlpOptions options, TimeProvider time, Action<string> notice)
    {
        this.options = options;
        this.time = time;
        this.notice = notice;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = options.Timeout };
        foreach ((string name, string value) in options.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        // Full: the newest is dropped, so that what is told is whole up to a moment.
        spans = Channel.CreateBounded<TraceSpan>(new BoundedChannelOptions(Queued) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Interlocked.Increment(ref dropped));
        work = WorkAsync();
    }

    /// <summary>Spans that were lost: the queue was full, or the collector did not take them.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Takes a span; never waits. Any thread.</summary>
    public void Add(TraceSpan span) => spans.Writer.TryWrite(span);

    /// <summary>Sends what is queued, for three seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        spans.Writer.TryComplete();
        stop.CancelAfter(Closing);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var batch = new List<TraceSpan>(Batch);
        while (await spans.Reader.WaitToReadAsync(stop.Token))
        {
            if (!spans.Reader.Completion.IsCompleted && spans.Reader.Count < Batch)
            {
                await Task.WhenAny(Task.Delay(Gather, time, stop.Token), spans.Reader.Completion);
            }

            batch.Clear();
            while (batch.Count < Batch && spans.Reader.TryRead(out TraceSpan? span))
            {
                batch.Add(span);
            }

            await SendAsync(batch);
        }
    }

    private async Task SendAsync(List<TraceSpan> batch)
    {
        byte[] body = OtlpDocument.Of(batch, options);
        for (int tried = 1; tried <= Tries; tried++)
        {
            string reason;
            try
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using HttpResponseMessage answer = await client.PostAsync(options.Traces, content, stop.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                reason = $"it answered {(int)answer.StatusCode}";
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                reason = error is HttpRequestException unreachable ? $"it cannot be reached ({unreachable.HttpRequestError})" : "it did not answer in time";
            }

            if (tried == Tries)
            {
                Interlocked.Add(ref dropped, batch.Count);
                notice($"traces are lost: the collector at {options.Traces.Host} does not take them, {reason}");
                return;
            }

            await Task.Delay(Pause, time, stop.Token);
        }
    }
}
