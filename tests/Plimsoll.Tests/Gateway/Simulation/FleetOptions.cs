using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Core.Providers;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>A fleet before one account.</summary>
/// <param name="Provider">The modelled account; one limit on tokens binds.</param>
/// <param name="Binding">That limit.</param>
/// <param name="Configured">What the gateway is told; null = it learns from headers.</param>
internal sealed record FleetOptions(ProviderOptions Provider, QuotaDimension Binding, QuotaSettings? Configured)
{
    /// <summary>Null = absent.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether the gateway hears of cached prefixes; otherwise it counts all input, as a limiter does that knows nothing of them.</summary>
    public bool KnowsCache { get; init; } = true;

    /// <summary>How far the number of bytes per token strays from four, as a share.</summary>
    public double SizeSpread { get; init; } = 0.2;

    /// <summary>Calls of high priority, one every so often; zero = none.</summary>
    public TimeSpan UrgentEvery { get; init; }

    /// <summary>Input of such a call, tokens.</summary>
    public long UrgentInput { get; init; }

    public int Seed { get; init; } = 1;
}
