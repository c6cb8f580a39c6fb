using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Limits;

namespace Plimsoll.Plans;

/// <summary>A plan that can be submitted: what the kernel needs and what is executed.</summary>
/// <param name="Concurrency">What the plan says about concurrency, null = nothing; see <see cref="Configuration.PlimsollConfiguration.ConcurrencyFor"/>.</param>
/// <param name="LockUnits">Units of counted locks: those of the configuration overridden by those of the plan.</param>
/// <param name="Capacity">Capacity the plan brings along (recorded workflows), null = that of the host.</param>
public sealed record CompiledPlan(
    string Name,
    TaskBlock Block,
    RunDocument Document,
    ConcurrencyPolicy? Concurrency,
    ImmutableDictionary<string, int> LockUnits,
    NodeCapacity? Capacity)
{
    /// <summary>Limits of services outside: those of the configuration overridden by those of the plan.</summary>
    public ImmutableDictionary<string, LimitPolicy> Limits { get; init; } = ImmutableDictionary<string, LimitPolicy>.Empty;
}
