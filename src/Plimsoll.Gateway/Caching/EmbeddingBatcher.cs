using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Caching;

/// <summary>Sends small embedding requests for the same model together; the first one waits for others and carries them.</summary>
internal sealed class EmbeddingBatcher(BatchingSettings settings, Delivery delivery, GatewayClock clock)
{
    private const int LargestBody = 1 << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<(string? Selector, string Query, string Others), EmbeddingBatch> open = [];

    public bool Concerns(Exchange exchange) =>
        settings.Requests > 1
        && settings.Window > TimeSpan.Zero
        && exchange is { Route: { Kind: RouteKind.Embeddings, Deployment: null }, Peek.IsRead: true, Body.Length: < LargestBody };

    public async Task RunAsync(Exchange exchange)
    {
        if (EmbeddingRequest.Read(exchange.Body.Memory) is not { } request)
        {
            await delivery.RunAsync(exchange);
            return;
        }

        (string? Selector, string Query, string Others) key = (exchange.Route.Selector, exchange.Query, request.Others);
        EmbeddingBatch.Member member;
        EmbeddingBatch? own = null;
        lock (gate)
        {
            if (!open.TryGetValue(key, out EmbeddingBatch? batch) || !batch.TryAdd(exchange, request, settings.Requests, out member))
            {
                own = new();
                own.TryAdd(exchange, request, settings.Requests, out member);
                open[key] = own;
            }
        }

        if (own is not null)
        {
            await CarryAsync(own, key);
        }

        StoredAnswer? answer = await member.Answer.Task.WaitAsync(exchange.Ended);
        if (answer is null)
        {
            await delivery.RunAsync(exchange);
            return;
        }

        exchange.Source = "batched";
        exchange.Whole?.Invoke(answer);
        await answer.GiveAsync(exchange);
    }

    private async Task CarryAsync(EmbeddingBatch batch, (string? Selector, string Query, string Others) key)
    {
        Exchange carrier = batch.Members[0].Exchange;
        try
        {
            try
            {
                await batch.Full.WaitAsync(settings.Window, clock.Time, carrier.Ended);
            }
            catch (TimeoutException)
            {
                // The window is over: who is here is sent.
            }
            finally
            {
                lock (gate)
                {
                    if (ReferenceEquals(open.GetValueOrDefault(key), batch))
                    {
                        open.Remove(key);
                    }
                }
            }

            if (batch.Members.Count > 1)
            {
                await SendAsync(batch, carrier);
            }
        }
        finally
        {
            foreach (EmbeddingBatch.Member member in batch.Members)
            {
                member.Answer.TrySetResult(null);
            }
        }
    }

    private async Task SendAsync(EmbeddingBatch batch, Exchange carrier)
    {
        PooledBytes body = batch.Body();
        using MemoryReply reply = new();
        using Exchange whole = new()
        {
            Caller = carrier.Caller,
            Route = carrier.Route,
            Method = carrier.Method,
            Query = carrier.Query,
            Headers = carrier.Headers,
            Body = body,
            Peek = BodyReader.Read(body.Span, carrier.Route.Kind),
            Reply = reply,
            Deadline = carrier.Deadline,
            Ended = carrier.Ended,
        };
        await delivery.RunAsync(whole);
        carrier.Queued += whole.Queued;
        carrier.Refusals += whole.Refusals;
        if (whole.Status != 200 || whole.Tokens is not { } counts || EmbeddingAnswer.Read(reply.Body, batch.Inputs) is not { } answer)
        {
            return;
        }

        long bytes = Math.Max(1, batch.Members.Sum(member => member.Request.Bytes));
        foreach (EmbeddingBatch.Member member in batch.Members)
        {
            // Each pays for what it sent; the provider tells only the sum.
            long tokens = (long)Math.Round(counts.Prompt * (double)member.Request.Bytes / bytes);
            member.Exchange.Take(whole, new(tokens, 0, 0, 0), (long)(whole.MicroDollars * (double)member.Request.Bytes / bytes));
            member.Answer.TrySetResult(answer.Part(member.First, member.Request.Inputs.Count, tokens));
        }
    }
}
