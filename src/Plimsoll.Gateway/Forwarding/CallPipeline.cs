using Plimsoll.Gateway.Caching;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Diagnostics;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Carries a request through everything between its arrival and its record.</summary>
internal sealed class CallPipeline(Delivery delivery, Sharing sharing, EmbeddingBatcher batcher, BudgetBook budgets, CallLedger ledger)
{
    private const int ClientGone = 499;
    private int underWay;

    /// <summary>Requests whose record is not written yet.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public async Task RunAsync(Exchange exchange)
    {
        Interlocked.Increment(ref underWay);
        exchange.Caller.Begin();
        try
        {
            if (exchange.Route.IsMetered && budgets.Refuses(exchange.Caller.Caller) is { } spent)
            {
                await Delivery.RefuseAsync(exchange, new(RefusalKind.BudgetExceeded, spent));
            }
            else if (sharing.Concerns(exchange))
            {
                await sharing.RunAsync(exchange, AskAsync);
            }
            else
            {
                await delivery.RunAsync(exchange);
            }
        }
        catch (OperationCanceledException) when (exchange.Ended.IsCancellationRequested)
        {
            exchange.Status = ClientGone;
            exchange.Reply.Abort();
        }
        finally
        {
            budgets.Spent(exchange.Caller.Caller, exchange.MicroDollars);
            ledger.Ended(exchange);
            exchange.Caller.End();
            Interlocked.Decrement(ref underWay);
        }
    }

    private Task AskAsync(Exchange exchange) => batcher.Concerns(exchange) ? batcher.RunAsync(exchange) : delivery.RunAsync(exchange);
}
