using Plimsoll.Gateway.Callers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Carries a request through everything between its arrival and its record.</summary>
internal sealed class CallPipeline(Delivery delivery, ICallObserver observer)
{
    private const int ClientGone = 499;

    public async Task RunAsync(Exchange exchange)
    {
        try
        {
            await delivery.RunAsync(exchange);
        }
        catch (OperationCanceledException) when (exchange.Ended.IsCancellationRequested)
        {
            exchange.Status = ClientGone;
            exchange.Reply.Abort();
        }
        finally
        {
            exchange.Caller.Add(exchange.Usage);
            observer.Ended(new(
                exchange.Caller.Caller,
                exchange.Provider,
                exchange.Account,
                exchange.Model,
                exchange.Route.Name,
                exchange.Status,
                exchange.Usage,
                exchange.Deadline.Elapsed,
                exchange.FirstByte,
                exchange.Source));
        }
    }
}
