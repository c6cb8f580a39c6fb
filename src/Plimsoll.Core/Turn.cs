using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;

namespace Plimsoll.Core;

/// <summary>What one call of <see cref="Kernel.Apply"/> decided.</summary>
/// <param name="Facts">In the order they became true; already folded into the kernel's state.</param>
/// <param name="Effects">Gated ones wait for the facts to be durable, the others are performed at once.</param>
/// <param name="WakeAt">When the kernel wants to be called again without an input (backoff, timeout, breaker); null = never.</param>
public sealed record Turn(IReadOnlyList<Fact> Facts, IReadOnlyList<Effect> Effects, DateTimeOffset? WakeAt)
{
    /// <summary>For the guard of the node; null while the last one published still holds.</summary>
    public GuardView? Guard { get; init; }
}
