namespace Plimsoll.Core.Admission;

/// <summary>By free memory: below 2 GB 1 task, 2-4 GB 2, 4-6 GB 4, 6-8 GB 6, above 8 GB 8.</summary>
public sealed record TiersConcurrency(int? Maximum, double? PauseAbove, TimeSpan CoolDown)
    : ConcurrencyPolicy(Maximum, PauseAbove, CoolDown);
