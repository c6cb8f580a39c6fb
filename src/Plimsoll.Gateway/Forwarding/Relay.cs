using Plimsoll.Gateway.Caching;
using Plimsoll.Gateway.Holding;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Passes an answer on to the client and settles what it has used.</summary>
internal sealed class Relay(HoldLine hold, FrozenStreams frozen)
{
    public async Task RunAsync(Exchange exchange, UpstreamAnswer answer)
    {
        bool isWhole = false;
        try
        {
            if (answer.Events is { } events)
            {
                Begin(exchange, answer, null);
                isWhole = await PassEventsAsync(exchange, answer, events);
            }
            else
            {
                if (answer.Status < 300 && exchange.Route.IsMetered)
                {
                    if (answer.Rest is null && answer.Status == 200)
                    {
                        exchange.Whole?.Invoke(StoredAnswer.Of(answer));
                    }

                    await hold.WaitAsync(exchange);
                }

                Begin(exchange, answer, answer.Rest is null ? answer.Body!.Length : null);
                await PassWholeAsync(exchange, answer);
                isWhole = true;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The client must see that the answer is not whole.
            exchange.Reply.Abort();
        }
        finally
        {
            Settle(exchange, answer, isWhole);
        }
    }

    private static void Begin(Exchange exchange, UpstreamAnswer answer, long? length)
    {
        if (!exchange.Reply.Started)
        {
            exchange.Reply.Begin(answer.Status, length);
            foreach ((string name, string value) in ReturnedHeaders.Of(answer))
            {
                exchange.Reply.Header(name, value);
            }

            if (answer.IsLastTry)
            {
                exchange.Reply.Header("x-should-retry", "false");
            }
        }

        exchange.FirstByte = exchange.Deadline.Elapsed;
    }

    /// <summary>Gives whether the stream came to its own end.</summary>
    private async Task<bool> PassEventsAsync(Exchange exchange, UpstreamAnswer answer, EventReader events)
    {
        while (true)
        {
            if (!exchange.Caller.Thaw.IsOpen)
            {
                await frozen.KeepAsync(exchange, events);
            }

            if (events.FinalAt >= 0 && hold.IsHeld)
            {
                await PassAsync(exchange, events, events.FinalAt);
                await hold.WaitAsync(exchange);
            }

            await PassAsync(exchange, events, events.ReadyBytes);
            if (events.IsAtEnd)
            {
                return events.Meter.Ended;
            }

            await events.ReadAsync();
            answer.Admission?.Produced(events.Meter.ProducedTokens);
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

    private static async Task PassWholeAsync(Exchange exchange, UpstreamAnswer answer)
    {
        await exchange.Reply.WriteAsync(answer.Body!.Memory, exchange.Ended);
        if (answer.Rest is not { } rest)
        {
            return;
        }

        using PooledBytes chunk = new(16 << 10);
        int read;
        while ((read = await rest.ReadAsync(chunk.Room(1))) > 0)
        {
            chunk.Advance(read);
            await exchange.Reply.WriteAsync(chunk.Memory, exchange.Ended);
            chunk.Drop(read);
        }
    }

    /// <summary>What the provider has told, or as far as it has told it when the answer breaks off.</summary>
    private static void Settle(Exchange exchange, UpstreamAnswer answer, bool isWhole)
    {
        if (!exchange.Route.IsMetered || answer.Status >= 300)
        {
            answer.Admission?.Settle(default(TokenCounts), isWhole: false);
            return;
        }

        TokenCounts counts = default;
        bool isTold;
        if (answer.Events is { } events)
        {
            counts = events.Meter.Counts;
            isTold = events.Meter.HasUsage;
        }
        else
        {
            isTold = UsageReader.TryRead(answer.Body!.Span, ref counts);
        }

        exchange.Tokens = counts;
        exchange.MicroDollars = answer.Account?.Prices.CostOf(exchange.UpstreamModel, counts) ?? 0;
        answer.Admission?.Settle(isTold ? counts : null, isWhole && isTold);
    }
}
