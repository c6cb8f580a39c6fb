using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;

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
    NodeCapacity? Capacity);
