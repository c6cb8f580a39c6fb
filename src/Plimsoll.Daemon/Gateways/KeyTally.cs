using Plimsoll.Client.Gateways;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Gateway.Callers;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Adds up what each key of a gateway was used for.</summary>
internal sealed class KeyTally : ICallObserver
{
    private const int FirstFailure = 400;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (long Requests, long Failed, ModelUsage Usage)> keys = new(StringComparer.Ordinal); // guarded by gate

    public void Ended(CallRecord call)
    {
        lock (gate)
        {
            (long requests, long failed, ModelUsage usage) = keys.GetValueOrDefault(call.Caller.Name);
            keys[call.Caller.Name] = (requests + 1, failed + (call.Status >= FirstFailure ? 1 : 0), usage + call.Usage);
        }
    }

    public IReadOnlyList<GatewayCallerView> Views()
    {
        lock (gate)
        {
            return [.. keys.Select(pair => new GatewayCallerView(pair.Key, pair.Value.Requests, pair.Value.Failed, UsageTally.View(pair.Value.Usage)))];
        }
    }
}
