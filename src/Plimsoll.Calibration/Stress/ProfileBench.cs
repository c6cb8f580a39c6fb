using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Stress;

/// <summary>Keeps a profile's number of jobs alive for its time.</summary>
public static class ProfileBench
{
    /// <param name="said">Told how far it has come, about once a minute.</param>
    public static async Task<ProfileResult> RunAsync(TrialBench bench, TrialJob job, ProfilePlan plan, Action<string> said, CancellationToken cancellationToken)
    {
        (LoadProfile profile, TimeSpan duration) = (plan.Profile, plan.Duration);
        var spoken = TimeSpan.Zero;
        var script = new TrialScript(
            state => state.Elapsed < duration ? profile.Width(state.Elapsed, duration, plan.Safe) - state.Live : 0,
            state =>
            {
                if (state.Elapsed - spoken >= TimeSpan.FromMinutes(1))
                {
                    spoken = state.Elapsed;
                    said($"{profile.Name}: {state.Elapsed:hh\\:mm\\:ss} of {duration:hh\\:mm\\:ss}, {state.Results.Count} jobs ended, {state.Live} alive, {state.Host.MostBytes >> 20} MiB at most");
                }

                return state.Elapsed >= duration;
            },
            StressBench.Trouble,
            plan.Deadline);
        TrialRun run = await bench.RunAsync(job, script, cancellationToken);
        return new ProfileResult(plan, run);
    }
}
