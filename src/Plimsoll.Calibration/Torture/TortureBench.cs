using Plimsoll.Calibration.Torture.Agents;
using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Host;
using Plimsoll.Calibration.Torture.Loads;
using Plimsoll.Calibration.Torture.Reporting;

namespace Plimsoll.Calibration.Torture;

/// <summary>Asks whether Plimsoll keeps a host alive under jobs that mean harm, and what that costs beside the best that can be had without it.</summary>
public static class TortureBench
{
    /// <param name="said">Told what is being done, a line at a time.</param>
    /// <exception cref="IOException">The machine does not allow what is needed; the message says what to change.</exception>
    public static async Task<TortureReport> RunAsync(TortureOptions options, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        string? scratch = options.Keep ? null : options.Folder;
        await using HostGroup host = options.HostCgroup is { } folder ? HostGroup.Use(folder, scratch) : HostGroup.Create(options.HostBytes, scratch);
        PlimsollCommand plimsoll = await PlimsollCommand.ForAsync(options.Program, host, cancellationToken);
        SyntheticLoads loads = new(options.Program, host.LimitBytes);
        using AgentLoads? agents = options.Scenario is TortureScenario.Claude or TortureScenario.Agents
            ? await AgentLoads.PrepareAsync(options.AgentFolder, time, said, cancellationToken)
            : null;
        List<SeedReport> seeds = [];
        foreach (int seed in options.Seeds)
        {
            TortureLoad load = options.Scenario switch
            {
                TortureScenario.Claude => agents!.Claude(options.Jobs),
                TortureScenario.Agents => agents!.Mixed(seed),
                TortureScenario.Homogeneous => loads.Homogeneous(seed, options.Jobs),
                _ => loads.Mixed(seed, options.Jobs),
            };
            TortureRound round = new(host, options, plimsoll, time, result => said(ResultLine.Of(seed, load.Name, result)));
            seeds.Add(await round.RunAsync(seed, load, cancellationToken));
        }

        return new(options.Scenario, host.LimitBytes, Environment.ProcessorCount, seeds);
    }
}
