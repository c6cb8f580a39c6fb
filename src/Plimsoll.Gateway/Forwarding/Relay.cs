using System.Net.Http.Headers;
using Plimsoll.Gateway.Holding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Passes an answer on to the client.</summary>
internal sealed class Relay(Gate held, GatewayClock clock)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(Exchange exchange, UpstreamAnswer answer)
    {
        if (!exchange.Reply.Started)
        {
            if (answer.Events is null)
            {
                await HoldAsync(exchange);
            }

            long? length = answer.Events is null && answer.Rest is null ? answer.Body!.Length : null;
            exchange.Reply.Begin(answer.Status, length);
            CopyHeaders(exchange.Reply, answer);
        }

        exchange.FirstByte = exchange.Deadline.Elapsed;
        try
        {
            await (answer.Events is { } events ? PassEventsAsync(exchange, events) : PassWholeAsync(exchange, answer));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The client must see that the answer is not whole.
            exchange.Reply.Abort();
        }
    }

    private async Task PassEventsAsync(Exchange exchange, EventReader events)
    {
        while (true)
        {
            if (events.FinalAt >= 0 && !held.IsOpen)
            {
                await PassAsync(exchange, events, events.FinalAt);
                await HoldAsync(exchange);
            }

            await PassAsync(exchange, events, events.ReadyBytes);

            if (events.IsAtEnd)
            {
                return;
            }

            await events.ReadAsync(exchange.Ended);
        }
    }

    private static async ValueTask PassAsync(Exchange exchange, EventReader events, int count)
    {
        if (count > 0)
        {
            await exchange.Reply.WriteAsync(events.Ready[..count], exchange.Ended);
            events.Passed(count);
        }
    }

    /// <summary>Keeps the end of an answer back while the ladder holds; the client is kept by pings, and no longer than its deadline.</summary>
    private async Task HoldAsync(Exchange exchange)
    {
        while (!held.IsOpen && exchange.Deadline.UntilEnd is { Ticks: > 0 } left)
        {
            try
            {
                await held.Opened.WaitAsync(left < PingInterval ? left : PingInterval, clock.Time, exchange.Ended);
            }
            catch (TimeoutException)
            {
                if (exchange.Reply.Started)
                {
                    await exchange.Reply.WriteAsync(ErrorShape.Ping(exchange.Route.Kind), exchange.Ended);
                }
            }
        }
    }

    private static async Task PassWholeAsync(Exchange exchange, UpstreamAnswer answer)
    {
        PooledBytes body = answer.Body!;
        await exchange.Reply.WriteAsync(body.Memory, exchange.Ended);
        if (answer.Rest is not { } rest)
        {
            return;
        }

        using PooledBytes chunk = new(16 << 10);
        int read;
        while ((read = await rest.ReadAsync(chunk.Room(1), exchange.Ended)) > 0)
        {
            chunk.Advance(read);
            await exchange.Reply.WriteAsync(chunk.Memory, exchange.Ended);
            chunk.Drop(read);
        }
    }

    private static void CopyHeaders(IReply reply, UpstreamAnswer answer)
    {
        Copy(reply, answer.Response.Headers.NonValidated);
        Copy(reply, answer.Response.Content.Headers.NonValidated);
        if (answer.IsLastTry)
        {
            reply.Header("x-should-retry", "false");
        }
    }

    private static void Copy(IReply reply, HttpHeadersNonValidated headers)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in headers)
        {
            if (HeaderRules.IsReturned(header.Key))
            {
                foreach (string value in header.Value)
                {
                    reply.Header(header.Key, value);
                }
            }
        }
    }
}
