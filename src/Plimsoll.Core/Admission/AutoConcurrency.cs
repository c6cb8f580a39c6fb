namespace Plimsoll.Core.Admission;

/// <summary>Admits on live free memory minus the reserve, and on declared memory.</summary>
public sealed record AutoConcurrency(int? Maximum, double? PauseAbove, TimeSpan CoolDown)
    : ConcurrencyPolicy(Maximum, PauseAbove, CoolDown);
