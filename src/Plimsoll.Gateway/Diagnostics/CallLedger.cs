using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Diagnostics;

/// <summary>Tells caller, observer and metrics of a request that has ended.</summary>
internal sealed class CallLedger(ICallObserver observer, GatewayMetrics metrics)
{
    public void Ended(Exchange exchange)
    {
        CallRecord record = new(
            exchange.Caller.Caller,
            exchange.Provider,
            exchange.Account,
            exchange.Model,
            exchange.Route.Name,
            exchange.Status,
            exchange.Usage,
            exchange.Deadline.Elapsed,
            exchange.FirstByte,
            exchange.Source);
        exchange.Caller.Add(record.Usage);
        metrics.Ended(record);
        observer.Ended(record);
    }
}
