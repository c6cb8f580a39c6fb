using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Gives the client its answer: headers in time, bytes as they come, and the truth when something breaks.</summary>
internal sealed class Delivery(Attempts attempts, Relay relay, GatewayClock clock)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(Exchange exchange)
    {
        Task<Outcome> work = attempts.RunAsync(exchange);
        if (exchange.Peek.Streams && !work.IsCompleted)
        {
            try
            {
                await KeepAliveAsync(exchange, work);
            }
            catch
            {
                await DiscardAsync(work);
                throw;
            }
        }

        Outcome outcome = await work;
        if (outcome.Refusal is { } refusal)
        {
            await RefuseAsync(exchange, refusal);
            return;
        }

        using UpstreamAnswer answer = outcome.Answer!;
        exchange.Status = answer.Status;
        if (exchange.Reply.Started && answer.Events is null)
        {
            await RefuseLateAsync(exchange, answer);
            return;
        }

        if (answer.Events is not null)
        {
            // A stream may last for minutes, and what was asked is not sent again.
            exchange.Body.Dispose();
        }

        await relay.RunAsync(exchange, answer);
    }

    /// <summary>Answers with a refusal of our own; inside a stream that has begun, as an event.</summary>
    public static async Task RefuseAsync(Exchange exchange, Refusal refusal)
    {
        exchange.Status = ErrorShape.StatusOf(refusal.Kind, exchange.IsAnthropic);
        exchange.Source = "refused";
        ReadOnlyMemory<byte> body = ErrorShape.Body(refusal, exchange.IsAnthropic);
        if (exchange.Reply.Started)
        {
            await exchange.Reply.WriteAsync(ErrorShape.Event(body.Span, exchange.Route.Kind), exchange.Ended);
            return;
        }

        await RefusalWriter.WriteAsync(exchange.Reply, refusal, exchange.IsAnthropic, exchange.Ended);
    }

    /// <summary>An error that came after the pings had begun is given as an event, in the provider's own words.</summary>
    private static async Task RefuseLateAsync(Exchange exchange, UpstreamAnswer answer)
    {
        answer.Admission?.Settle(default(TokenCounts), isWhole: false);
        await exchange.Reply.WriteAsync(ErrorShape.Event(answer.Body!.Span, exchange.Route.Kind), exchange.Ended);
    }

    /// <summary>Nobody waits any more: lets the attempts end, as they use what belongs to the request.</summary>
    private static async Task DiscardAsync(Task<Outcome> work)
    {
        try
        {
            UpstreamAnswer? unwanted = (await work).Answer;
            unwanted?.Admission?.Settle(null, isWhole: false);
            unwanted?.Dispose();
        }
        catch (OperationCanceledException)
        {
            // As expected: they were told to end.
            return;
        }
    }

    /// <summary>Waits for the answer; a stream whose headers would come too late begins with pings.</summary>
    private async Task KeepAliveAsync(Exchange exchange, Task<Outcome> work)
    {
        TimeSpan wait = exchange.Deadline.UntilHeaders;
        while (true)
        {
            try
            {
                await work.WaitAsync(wait, clock.Time, exchange.Ended);
                return;
            }
            catch (TimeoutException)
            {
                wait = PingInterval;
            }

            if (!exchange.Reply.Started)
            {
                exchange.Reply.Begin(200, null);
                exchange.Reply.Header("Content-Type", "text/event-stream; charset=utf-8");
                exchange.Reply.Header("Cache-Control", "no-cache");
            }

            await exchange.Reply.WriteAsync(ErrorShape.Ping(exchange.Route.Kind), exchange.Ended);
        }
    }
}
