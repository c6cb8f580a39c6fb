using System.Text.Json;
using System.Threading.Channels;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.Watching.Logs;

/// <summary>Writes what happens as one JSON object per line, off every path that works: who reads slowly loses lines, which are counted, and holds nothing up.</summary>
public sealed class ServiceLog : IAsyncDisposable
{
    private const int Queued = 20_000;

    /// <summary>Beyond this only words to the operator and alerts are taken.</summary>
    private const int Crowded = 16_000;

    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(3);

    private readonly Action<string> write;
    private readonly TimeProvider time;
    private readonly Channel<Func<LogLineView>> lines = Channel.CreateBounded<Func<LogLineView>>(new BoundedChannelOptions(Queued) { SingleReader = true });
    private readonly Task work;
    private long dropped;

    /// <param name="write">Writes a line; may block.</param>
    public ServiceLog(Action<string> write, TimeProvider time)
    {
        this.write = write;
        this.time = time;
        work = WorkAsync();
    }

    /// <summary>Something the operator should know.</summary>
    public void Notice(string message)
    {
        DateTimeOffset at = time.GetUtcNow();
        Add(() => new LogLineView(at, "warning", "notice", message));
    }

    /// <summary>The service cannot do as it was told, and ends.</summary>
    public void Refused(string message)
    {
        DateTimeOffset at = time.GetUtcNow();
        Add(() => new LogLineView(at, "error", "refused", message));
    }

    /// <summary>Writes what is queued, for three seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await Task.WhenAny(work, Task.Delay(Closing, time, CancellationToken.None));
    }

    /// <summary>Takes a line; never waits. Any thread.</summary>
    internal void Add(Func<LogLineView> line)
    {
        if (!lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <inheritdoc cref="Add"/>
    /// <remarks>The first that is left out when there is too much.</remarks>
    internal void AddMinor(Func<LogLineView> line)
    {
        if (lines.Reader.Count < Crowded)
        {
            Add(line);
        }
        else
        {
            Interlocked.Increment(ref dropped);
        }
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await foreach (Func<LogLineView> line in lines.Reader.ReadAllAsync())
        {
            Write(line());
            if (lines.Reader.Count == 0 && Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
            {
                Write(new LogLineView(time.GetUtcNow(), "warning", "log.dropped", $"{lost} lines are missing here: there were more than could be written"));
            }
        }
    }

    private void Write(LogLineView line) => write(JsonSerializer.Serialize(line, ServiceJsonContext.Default.LogLineView));
}
