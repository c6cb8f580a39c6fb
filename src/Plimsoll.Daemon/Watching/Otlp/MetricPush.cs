namespace Plimsoll.Daemon.Watching.Otlp;

/// <summary>Sends the metrics in a fixed period and once more at the end.</summary>
internal sealed class MetricPush : IAsyncDisposable
{
    private readonly OtlpSender sender;
    private readonly OtlpOptions options;
    private readonly Func<(byte[] Body, int Points)> read;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task work;

    /// <param name="sender">Owned by the push.</param>
    /// <param name="read">Makes the document; a point that is not sent is in the next one again.</param>
    /// <param name="patience">How long the end may take.</param>
    public MetricPush(OtlpSender sender, OtlpOptions options, Func<(byte[] Body, int Points)> read, TimeProvider time, TimeSpan patience)
    {
        this.sender = sender;
        this.options = options;
        this.read = read;
        this.time = time;
        this.patience = patience;
        work = WorkAsync();
    }

    /// <summary>Sends once more, as long as its patience lasts.</summary>
    public async ValueTask DisposeAsync()
    {
        closing.TrySetResult();
        stop.CancelAfter(patience);
        await Task.WhenAny(work, Task.Delay(patience * 1.25, time, CancellationToken.None));
        if (work.IsCompleted)
        {
            sender.Dispose();
            stop.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool last = false;
        while (!last)
        {
            await Task.WhenAny(Task.Delay(options.MetricInterval, time, stop.Token), closing.Task);
            last = closing.Task.IsCompleted;
            (byte[] body, int points) = read();
            if (points > 0)
            {
                using var limit = new CancellationTokenSource(options.MetricTimeout, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
                await sender.SendAsync(body, points, closing.Task, either.Token);
            }
        }
    }
}
