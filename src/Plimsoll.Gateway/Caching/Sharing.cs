using System.Collections.Concurrent;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Holding;

namespace Plimsoll.Gateway.Caching;

/// <summary>Answers a request from what was or is being answered to another, byte for byte the same.</summary>
internal sealed class Sharing(AnswerCache cache, bool coalesces, Router router, HoldLine hold)
{
    private readonly ConcurrentDictionary<AnswerKey, TaskCompletionSource<StoredAnswer?>> inFlight = new();

    /// <summary>Whole answers to requests that would produce the same; a stream belongs to one client.</summary>
    public bool Concerns(Exchange exchange) =>
        exchange is { Route.IsMetered: true, Peek: { IsRead: true, Streams: false } } && (coalesces || cache.Keeps(exchange.Route.Name));

    /// <param name="deliver">Asks the provider; used by the first of those who ask the same.</param>
    public async Task RunAsync(Exchange exchange, Func<Exchange, Task> deliver)
    {
        if (router.Find(exchange) is not { } pool)
        {
            await deliver(exchange);
            return;
        }

        var key = AnswerKey.Of(exchange, pool.Name);
        bool keeps = cache.Keeps(exchange.Route.Name);
        while (true)
        {
            if (keeps && cache.Find(key) is { } known)
            {
                await GiveAsync(exchange, known, "cache");
                return;
            }

            TaskCompletionSource<StoredAnswer?> own = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource<StoredAnswer?> first = coalesces ? inFlight.GetOrAdd(key, own) : own;
            if (ReferenceEquals(first, own))
            {
                await LeadAsync(exchange, key, own, deliver);
                return;
            }

            // If the first one fails or goes away, the next in line asks for itself.
            if (await first.Task.WaitAsync(exchange.Ended) is { } shared)
            {
                await GiveAsync(exchange, shared, "coalesced");
                return;
            }
        }
    }

    private async Task LeadAsync(Exchange exchange, AnswerKey key, TaskCompletionSource<StoredAnswer?> own, Func<Exchange, Task> deliver)
    {
        void Finish(StoredAnswer? answer)
        {
            inFlight.TryRemove(new(key, own));
            own.TrySetResult(answer);
        }

        exchange.Whole = stored =>
        {
            if (cache.Keeps(exchange.Route.Name))
            {
                cache.Keep(key, stored);
            }

            Finish(stored);
        };
        try
        {
            await deliver(exchange);
        }
        finally
        {
            Finish(null);
        }
    }

    private async Task GiveAsync(Exchange exchange, StoredAnswer answer, string source)
    {
        exchange.Source = source;
        exchange.Tokens = default(Providers.TokenCounts);
        await hold.WaitAsync(exchange);
        await answer.GiveAsync(exchange);
    }
}
