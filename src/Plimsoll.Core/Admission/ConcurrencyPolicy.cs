namespace Plimsoll.Core.Admission;

/// <summary>How many tasks a node may run at once: the value of <c>concurrency:</c>.</summary>
/// <param name="Maximum">Upper bound on running tasks whatever else the policy says; null = none.</param>
/// <param name="PauseAbove">Start nothing while this share (0..1) of memory is used; null = off.</param>
/// <param name="CoolDown">How long a pause lasts at least.</param>
public abstract record ConcurrencyPolicy(int? Maximum, double? PauseAbove, TimeSpan CoolDown)
{
    public static ConcurrencyPolicy Default { get; } = new AutoConcurrency(null, null, TimeSpan.FromSeconds(3));
}
