namespace Plimsoll.Calibration.Trials;

/// <summary>What a trial starts, and when it is over.</summary>
/// <param name="StartNow">How many jobs to start at this moment.</param>
/// <param name="IsOver">Nothing more will be started; the trial ends with its last job.</param>
/// <param name="Stop">Why everything has to be ended at once; null = it may go on.</param>
/// <param name="Deadline">Of each job.</param>
public sealed record TrialScript(Func<TrialState, int> StartNow, Func<TrialState, bool> IsOver, Func<TrialState, string?> Stop, TimeSpan Deadline)
{
    /// <summary>So many jobs at the same time, once.</summary>
    public static TrialScript Together(int count, TimeSpan deadline, Func<TrialState, string?>? stop = null) =>
        new(state => count - state.Started, state => state.Started >= count, stop ?? (static _ => null), deadline);

    /// <summary>So many jobs, one after the other.</summary>
    public static TrialScript InTurn(int count, TimeSpan deadline) =>
        new(state => state.Live == 0 && state.Started < count ? 1 : 0, state => state.Started >= count, static _ => null, deadline);
}
