using Plimsoll.Gateway.Callers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>What the gateway is given by its host.</summary>
/// <param name="Time">The only clock.</param>
/// <param name="Environment">Where keys named by variables are read.</param>
/// <param name="Observer">Hears of ended requests.</param>
/// <param name="Notice">Told once of what people should know: an ignored header, a breaker that opened. Never holds a secret.</param>
public sealed record GatewayPorts(
    TimeProvider Time,
    IReadOnlyDictionary<string, string> Environment,
    ICallObserver Observer,
    Action<string> Notice)
{
    /// <summary>Where the host collects meters; null: they are not collected.</summary>
    public System.Diagnostics.Metrics.IMeterFactory? Meters { get; init; }
}
