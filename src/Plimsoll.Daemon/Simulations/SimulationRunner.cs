using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Client.Simulations;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Simulates tasks of a project in virtual time, under the production kernel.</summary>
internal sealed class SimulationRunner(ProjectContext context)
{
    public const int MostNodes = 10_000;
    private const double HorizonOverBound = 20;

    /// <param name="said">Told what is simulated and how far it has come, now and then.</param>
    public async Task<Outcome<SimulationReportView>> RunAsync(SimulationRequest request, Action<string> said, CancellationToken cancellationToken)
    {
        ImmutableArray<SimulatedNode> nodes = [.. request.Nodes.SelectMany(Nodes)];
        if (nodes.Length is < 1 or > MostNodes)
        {
            return new Refusal(ExitCode.Invalid, $"a simulation has 1 to {MostNodes} nodes, found {nodes.Length}");
        }

        if (!(await new SimulationLoads(context).FindAsync(request, cancellationToken)).TryGet(out SimulatedLoad? load, out Refusal? refusal)
            || !Plan(request, nodes).TryGet(out List<SimulationOptions>? planned, out refusal))
        {
            return refusal;
        }

        List<SimulationRunView> runs = [];
        foreach (SimulationOptions options in planned)
        {
            if (NeverFitting(load, options) is { } never)
            {
                return never;
            }

            string what = $"{options.Policy.Name}, {PolicyWords.Of(options.Placement)}, seed {options.Seed}";
            SimulationOptions complete = options with { Outages = Outages(request, options, load) };
            SimulationRun run = new FleetSimulation(load, complete).Run(context.Time, share => said($"{what}: {share:P0}"), cancellationToken);
            runs.Add(SimulationViews.Of(run));
        }

        double? cores = nodes.Any(static node => node.Cores is null) ? null : nodes.Sum(static node => node.Cores);
        return new SimulationReportView(request.Plan.Name, load.Block.Count, nodes.Length, nodes.Sum(static node => node.MemoryBytes), cores, runs);
    }

    /// <summary>Simulates the rest of a run as things are and with a change.</summary>
    public async Task<Outcome<WhatIfView>> WhatIfAsync(WhatIfRequest request, long memoryBytes, double cores, CancellationToken cancellationToken)
    {
        var plan = new PlanRequest("", null, null, new RecordingOptions(1, 1, null, null, false));
        var wanted = new SimulationRequest(plan, [], [], []) { Remaining = true };
        if (!(await new SimulationLoads(context).ReplayAsync(new RunRange(request.Run, request.Run), wanted, cancellationToken)).TryGet(out SimulatedLoad? load, out Refusal? refusal))
        {
            return refusal;
        }

        var node = new SimulatedNode(memoryBytes, cores, []);
        var now = new SimulationOptions([node], SimulatedPolicy.LoadLine) { Learned = await LearnedAsync(cancellationToken) };
        SimulatedNode larger = node with { MemoryBytes = request.MemoryBytes ?? memoryBytes };
        SimulationOptions then = now with { Nodes = [.. Enumerable.Repeat(larger, 1 + request.ExtraNodes)], ServiceScale = request.QuotaFactor };
        if ((NeverFitting(load, now) ?? NeverFitting(load, then)) is { } never)
        {
            return never;
        }

        SimulationRun before = new FleetSimulation(load, now).Run(context.Time, null, cancellationToken);
        SimulationRun after = new FleetSimulation(load, then).Run(context.Time, null, cancellationToken);
        return new WhatIfView(request.Run, load.Block.Count, before.MakespanSeconds, after.MakespanSeconds, SimulationViews.Waits(before));
    }

    private async Task<IReadOnlyList<ClassLearned>> LearnedAsync(CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        return opened is null ? [] : await opened.Journal.ProfilesAsync(cancellationToken);
    }

    private static IEnumerable<SimulatedNode> Nodes(SimulatedNodes group) =>
        Enumerable.Repeat(new SimulatedNode(group.MemoryBytes, group.Cores, [.. group.Labels]), Math.Clamp(group.Count, 0, MostNodes + 1));

    private static Outcome<List<SimulationOptions>> Plan(SimulationRequest request, ImmutableArray<SimulatedNode> nodes)
    {
        List<SimulationOptions> planned = [];
        foreach (string policy in request.Policies)
        {
            if (PolicyWords.Policy(policy) is not { } rule)
            {
                return new Refusal(ExitCode.Invalid, $"there is no policy '{policy}'", $"there are {PolicyWords.Policies}; N is from 1 to 1024, SIZE such as 1.5G");
            }

            foreach (string placement in request.Placements)
            {
                if (PolicyWords.Placement(placement) is not { } strategy)
                {
                    return new Refusal(ExitCode.Invalid, $"there is no placement '{placement}'", $"there are {PolicyWords.Placements}");
                }

                planned.AddRange(Enumerable.Range(request.FirstSeed, request.Seeds).Select(seed => new SimulationOptions(nodes, rule)
                {
                    Placement = strategy,
                    Seed = seed,
                    Passes = request.Passes,
                    StartLatency = request.StartLatency,
                    Quotas = request.Quotas.ToImmutableDictionary(StringComparer.Ordinal),
                    ServiceScale = request.LimitScale,
                }));
            }
        }

        return request.Failures.FirstOrDefault(failure => failure.Node < 0 || failure.Node >= nodes.Length) is { } wrong
            ? new Refusal(ExitCode.Invalid, $"there is no node {wrong.Node} that could fail", $"nodes are numbered from 0 to {nodes.Length - 1}")
            : planned;
    }

    private static IReadOnlyList<NodeOutage> Outages(SimulationRequest request, SimulationOptions options, SimulatedLoad load)
    {
        IEnumerable<NodeOutage> listed = request.Failures.Select(static failure => new NodeOutage(failure.Node, failure.At, failure.At + failure.Back));
        if (request.FailsEvery is not { } every)
        {
            return [.. listed];
        }

        var horizon = TimeSpan.FromSeconds(Math.Min(1e9, 60 + (HorizonOverBound * options.Passes * LowerBound.Seconds(load, options))));
        return [.. listed, .. NodeOutage.Poisson(options.Nodes.Length, every, request.Repair, horizon, options.Seed)];
    }

    private static Refusal? NeverFitting(SimulatedLoad load, SimulationOptions options)
    {
        KernelLimits limits = SimulationLimits.Of(load, options);
        KernelLimits[] offers = [.. options.Nodes.Distinct(NodeKind.Comparer).Select(node => limits with { Node = SimulationLimits.Capacity(options with { Policy = SimulatedPolicy.Oracle }, node) })];
        TaskBlock block = (options.Policy.KnowsSizes ? load.WithKnownSizes() : load).Block;
        for (int i = 0; i < block.Shapes.Length; i++)
        {
            WaitReason? reason = null;
            if (offers.All(offer => (reason = Kernel.NeverFits(block.Shapes[i], offer, null)) is not null))
            {
                return new Refusal(ExitCode.Invalid, $"task {block.Names[Array.IndexOf(block.ShapeOf, i)]} can never start: {reason!.Message}", "more --memory or --cpu, or a --node with what it requires");
            }
        }

        return null;
    }
}
