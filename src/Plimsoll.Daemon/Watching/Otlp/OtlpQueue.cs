using System.Threading.Channels;

namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Gathers spans or lines and sends them in batches, off every path that works: what does not fit is dropped and counted.</summary>
internal sealed class OtlpQueue<T> : IAsyncDisposable
{
    private const int Queued = 20_000;
    private const int Batch = 512;

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);

    private readonly OtlpSender sender;
    private readonly Func<IReadOnlyList<T>, byte[]> document;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<T> queue;
    private readonly Task work;

    /// <param name="sender">Owned by the queue.</param>
    /// <param name="patience">How long the end may take.</param>
    public OtlpQueue(OtlpSender sender, Func<IReadOnlyList<T>, byte[]> document, TimeProvider time, TimeSpan patience)
    {
        this.sender = sender;
        this.document = document;
        this.time = time;
        this.patience = patience;

        // Full: the newest is dropped, so that what is told is whole up to a moment.
        queue = Channel.CreateBounded<T>(new BoundedChannelOptions(Queued) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => sender.Overflow());
        work = WorkAsync();
    }

    /// <summary>Takes one; never waits. Any thread.</summary>
    public void Add(T item) => queue.Writer.TryWrite(item);

    /// <summary>Sends what is queued as long as its patience lasts; what is left then is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        closing.TrySetResult();
        stop.CancelAfter(patience);
        await Task.WhenAny(work, Task.Delay(patience * 1.25, time, CancellationToken.None));
        if (queue.Reader.Count is > 0 and var left)
        {
            sender.Lose(left, "it is too slow");
        }

        if (work.IsCompleted)
        {
            sender.Dispose();
            stop.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var batch = new List<T>(Batch);
        while (!stop.IsCancellationRequested && await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (queue.Reader.Count < Batch)
            {
                await Task.WhenAny(Task.Delay(Gather, time, CancellationToken.None), closing.Task);
            }

            batch.Clear();
            while (batch.Count < Batch && queue.Reader.TryRead(out T? item))
            {
                batch.Add(item);
            }

            await sender.SendAsync(document(batch), batch.Count, closing.Task, stop.Token);
            sender.TellOverflow();
        }
    }
}
