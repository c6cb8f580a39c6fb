using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation;

/// <summary>The limits under which the kernel of a simulation decides.</summary>
public static class SimulationLimits
{
    public static KernelLimits Of(SimulatedLoad load, SimulationOptions options) =>
        new(options.Policy.Concurrency, Capacity(options, options.Nodes[0]), options.Reserve, load.LockUnits)
        {
            Placement = options.Placement,
            Services = load.Services.ToImmutableDictionary(static pair => pair.Key, pair => Scaled(pair.Value, options.ServiceScale), StringComparer.Ordinal),
        };

    /// <summary>What a node offers: with sizes known a fixed amount, the same that the load line would fill; otherwise it is judged by readings.</summary>
    public static NodeCapacity Capacity(SimulationOptions options, SimulatedNode node)
    {
        var limit = new Bytes(node.MemoryBytes);
        Bytes reserve = options.Reserve ?? KernelLimits.Default.ReserveOf(limit);
        return new NodeCapacity(options.Policy.KnowsSizes ? limit - reserve : null, node.Cores) { Labels = node.Labels };
    }

    private static LimitPolicy Scaled(LimitPolicy policy, double scale) => scale == 1
        ? policy
        : new LimitPolicy(policy.Rate with { Amount = Math.Max(1, (long)(policy.Rate.Amount * scale)) }, policy.Burst is { } burst ? Math.Max(1, (long)(burst * scale)) : null);
}
