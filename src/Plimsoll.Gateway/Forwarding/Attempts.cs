using Plimsoll.Core.Limits.Queueing;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Holding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Gets an answer from some provider: waits for quota, sends, and tries again while nothing has reached the client.</summary>
internal sealed class Attempts(Router router, Sender sender, Backoff backoff, HoldLine hold, GatewayClock clock)
{
    private const int MostFailures = 4;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);

    public async Task<Outcome> RunAsync(Exchange exchange)
    {
        if (router.Find(exchange) is not { } pool)
        {
            return new Refusal(RefusalKind.NotFound, $"no configured provider serves {exchange.Route.Name} for model '{exchange.Model}'; add one under providers:");
        }

        if (exchange.Route.IsMetered)
        {
            await hold.BeforeSendingAsync(exchange);
        }

        Endpoint? failed = null;
        int failures = 0;
        while (true)
        {
            if (pool.Choose(exchange, failed, clock.Now) is not { } endpoint)
            {
                if (!await RestAsync(exchange, Longer(pool.OpensAt(exchange) - clock.Now, ShortestRest)))
                {
                    return new Refusal(RefusalKind.Overloaded, $"'{pool.Name}' could not be reached in time; try again later", AskAgain);
                }

                continue;
            }

            (Admission? admission, bool isAdmitted) = await AdmitAsync(exchange, endpoint);
            if (!isAdmitted)
            {
                return new Refusal(RefusalKind.Overloaded, $"no quota of '{pool.Name}' came free for model '{exchange.Model}' in time; try again", AskAgain);
            }

            Try one = await sender.SendAsync(exchange, endpoint, admission);
            if (one.Verdict == Verdict.Pass)
            {
                return one.Answer!;
            }

            if (one.Verdict == Verdict.NoQuota)
            {
                // Its quota rests as long as the provider asked; what has none waits here.
                if (admission is null && !await RestAsync(exchange, one.Wait ?? backoff.After(failures++)))
                {
                    return new Refusal(RefusalKind.Overloaded, $"'{pool.Name}' has no quota; try again later", one.Wait);
                }

                failed = endpoint;
                continue;
            }

            failed = endpoint;
            TimeSpan wait = Longer(backoff.After(failures), one.Wait ?? TimeSpan.Zero);
            if (++failures >= MostFailures || exchange.IsBodyGone || wait >= exchange.Deadline.UntilEnd)
            {
                return Last(one, pool);
            }

            one.Answer?.Dispose();
            if (!await RestAsync(exchange, wait))
            {
                return Last(one with { Answer = null }, pool);
            }
        }
    }

    private static Outcome Last(Try one, Pool pool)
    {
        if (one.Answer is not { } answer)
        {
            return new Refusal(RefusalKind.UpstreamFailed, $"'{pool.Name}' could not be reached or broke off, also when asked again; check its base_url and the network");
        }

        answer.IsLastTry = true;
        return answer;
    }

    private async ValueTask<(Admission? Admission, bool IsAdmitted)> AdmitAsync(Exchange exchange, Endpoint endpoint)
    {
        if (!exchange.Route.IsMetered)
        {
            exchange.At(endpoint);
            return (null, true);
        }

        string model = endpoint.QuotaName(exchange.Model);
        Quota quota = endpoint.Account.Quotas.Of(model);
        long began = clock.Time.GetTimestamp();
        Admission? admission = null;
        try
        {
            admission = await Admission.WaitAsync(quota, CallOf(exchange, model), exchange.Deadline.UntilSent(quota.FirstByte), clock, exchange.Ended);
        }
        finally
        {
            exchange.Queued += clock.Time.GetElapsedTime(began);
            exchange.At(endpoint);
            if (admission is null)
            {
                endpoint.Account.Breaker.Abandoned();
            }
        }

        return (admission, admission is not null);
    }

    private static QuotaCall CallOf(Exchange exchange, string model) => new(
        model,
        exchange.Caller.ClassOf(model),
        new FairShare(exchange.Caller.Flow, exchange.Caller.Caller.Priority, exchange.Caller.Caller.Weight),
        exchange.Body.Length,
        exchange.Peek.MaxTokens,
        exchange.Route.Kind == Providers.RouteKind.Embeddings,
        exchange.Peek.Prefixes);

    private async ValueTask<bool> RestAsync(Exchange exchange, TimeSpan wait)
    {
        if (wait >= exchange.Deadline.UntilEnd)
        {
            return false;
        }

        await Task.Delay(wait, clock.Time, exchange.Ended);
        return true;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
