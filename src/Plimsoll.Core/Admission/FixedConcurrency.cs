namespace Plimsoll.Core.Admission;

/// <summary>At most <paramref name="Count"/> tasks (1..1024); memory still protects unless <paramref name="Protect"/> is false.</summary>
public sealed record FixedConcurrency(int Count, bool Protect, double? PauseAbove, TimeSpan CoolDown)
    : ConcurrencyPolicy(Count, PauseAbove, CoolDown);
