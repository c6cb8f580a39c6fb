using Plimsoll.Client.Runs;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Projects;

/// <summary>Looks at a run before it starts: what the machine carries, and what the run asks for.</summary>
/// <param name="View">Null when the machine's memory is not known.</param>
/// <param name="Limits">The limits to run with: those asked for, or reduced to what the machine carries.</param>
/// <param name="Warning">Set when more was asked for than the machine carries.</param>
internal sealed record PreflightCheck(PreflightView? View, KernelLimits Limits, string? Warning)
{
    /// <param name="force">Keep what was asked for; then there is only the warning.</param>
    public static PreflightCheck Of(RunHost host, KernelLimits limits, TaskBlock? block, bool force)
    {
        if (Preflight.Judge(limits, host.Memory.Latest?.Memory, block, host.Kernel.ExpectedOf) is not { } judged)
        {
            return new PreflightCheck(null, limits, null);
        }

        bool reduced = judged.IsExcessive && !force;
        string? warning = !judged.IsExcessive ? null
            : $"{judged.Requested} tasks of {judged.PerTask} at once need more than the {judged.Total - judged.Reserve} that {judged.Total} of memory leave "
            + $"after a reserve of {judged.Reserve}: " + (force ? $"kept by --force, {judged.Carries} would fit" : $"reduced to {judged.Carries} (--force keeps {judged.Requested})");
        return new PreflightCheck(Show(judged, reduced), reduced ? judged.Reduce(limits) : limits, warning);
    }

    private static PreflightView Show(Preflight judged, bool reduced) => new(
        judged.Total.Value,
        judged.Reserve.Value,
        judged.PerTask.Value,
        Name(judged.Origin),
        judged.Carries,
        judged.Requested,
        reduced);

    private static string Name(EstimateOrigin origin) => origin switch
    {
        EstimateOrigin.Declared => "declared",
        EstimateOrigin.Learned => "learned",
        EstimateOrigin.Configured => "configured",
        _ => "guessed",
    };
}
