using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.Streaming;

/// <summary>Writes one subscriber's events as a server-sent event stream: its own place in the feed, its own pace.</summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html. An id without data moves the place a client comes back to, and is told to nobody.</remarks>
/// <param name="takes">Which events the subscriber gets.</param>
internal sealed class EventStream(EventFeed feed, PipeWriter body, Func<ServiceEvent, bool> takes, TimeProvider time)
{
    private const int PerWrite = 256;

    private readonly List<ServiceEvent> batch = new(PerWrite);
    private long place;
    private bool first = true;

    /// <summary>A client that has gone is noticed by a write; proxies close what is silent for a minute.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Writes until it is cancelled, or the client may see nothing any more.</summary>
    /// <param name="last">Identity of the last event the client has; null = it begins.</param>
    /// <param name="goesOn">Asked at each heartbeat.</param>
    public async Task WriteAsync(string? last, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        await OpenAsync(last, cancellationToken);
        while (goesOn())
        {
            if (await ForwardAsync(cancellationToken))
            {
                continue;
            }

            try
            {
                await feed.ChangedAsync(place).WaitAsync(Heartbeat, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                Line(": ", "alive");
                Line("id: ", Id(place));
                await EndAsync(cancellationToken);
            }
        }
    }

    /// <summary>Finds where a client that comes back was; what cannot be told any more is a gap.</summary>
    private async Task OpenAsync(string? last, CancellationToken cancellationToken)
    {
        long newest = feed.Subscribe();
        Line("retry: ", "2000");
        if (last is null)
        {
            place = newest;
        }
        else if (!TryPlace(last, newest))
        {
            place = newest;
            Gap(null, "the service was started again since");
        }

        Line("id: ", Id(place));
        Line("event: ", "opened");
        Data(JsonSerializer.SerializeToUtf8Bytes(new StreamOpenedView(Id(place)), ServiceJsonContext.Default.StreamOpenedView));
        await EndAsync(cancellationToken);
    }

    private bool TryPlace(string last, long newest)
    {
        string[] parts = last.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            && epoch == feed.Epoch
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out place)
            && place <= newest;
    }

    /// <returns>False when there was nothing to read.</returns>
    private async Task<bool> ForwardAsync(CancellationToken cancellationToken)
    {
        batch.Clear();
        long missed = feed.Read(ref place, batch, PerWrite);
        if (missed > 0)
        {
            Gap(missed, first ? "they happened too long ago" : "they came faster than they were read");
        }

        first = false;
        bool any = missed > 0;
        foreach (ServiceEvent one in batch)
        {
            if (takes(one))
            {
                any = true;
                Line("id: ", Id(one.Number));
                Data(one.Json);
                Line("", "");
            }
        }

        if (any)
        {
            await FlushAsync(cancellationToken);
        }

        return batch.Count > 0;
    }

    private void Gap(long? missed, string reason)
    {
        Line("event: ", "gap");
        Data(JsonSerializer.SerializeToUtf8Bytes(new EventGapView(missed, reason), ServiceJsonContext.Default.EventGapView));
        Line("", "");
    }

    private string Id(long number) => string.Create(CultureInfo.InvariantCulture, $"{feed.Epoch}-{number}");

    /// <summary>JSON has no line breaks of its own, so it is one line of data.</summary>
    private void Data(ReadOnlySpan<byte> json)
    {
        System.Buffers.BuffersExtensions.Write(body, "data: "u8);
        System.Buffers.BuffersExtensions.Write(body, json);
        System.Buffers.BuffersExtensions.Write(body, "\n"u8);
    }

    private void Line(string field, string value)
    {
        Encoding.UTF8.GetBytes(field, body);
        Encoding.UTF8.GetBytes(value, body);
        System.Buffers.BuffersExtensions.Write(body, "\n"u8);
    }

    private Task EndAsync(CancellationToken cancellationToken)
    {
        Line("", "");
        return FlushAsync(cancellationToken);
    }

    /// <summary>Waits for a client that reads slowly: only this one.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if ((await body.FlushAsync(cancellationToken)).IsCompleted)
        {
            throw new OperationCanceledException("the client has left");
        }
    }
}
