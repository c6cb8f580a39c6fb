using System.Collections.Immutable;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Finds the tasks a simulation is about: made up, of a run, of a plan or of a recorded workflow.</summary>
internal sealed class SimulationLoads(ProjectContext context)
{
    private const int MostRuns = 1_000_000;
    private const string RecordedMark = "\"schemaVersion\"";

    public async Task<Outcome<SimulatedLoad>> FindAsync(SimulationRequest request, CancellationToken cancellationToken)
    {
        string name = request.Plan.Name;
        Outcome<SimulatedLoad> found = name == GeneratorWords.Prefix || name.StartsWith(GeneratorWords.Prefix + ":", StringComparison.Ordinal)
            ? Generate(name, request.FirstSeed)
            : RunRange.Read(name) is { } runs
                ? await ReplayAsync(runs, request, cancellationToken)
                : Compile(request);
        return found.TryGet(out SimulatedLoad? load, out Refusal? refusal)
            ? request.Undeclared ? load.WithoutSizes() : load
            : refusal;
    }

    public async Task<Outcome<SimulatedLoad>> ReplayAsync(RunRange range, SimulationRequest request, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        if (!(await FindAsync(opened?.Journal, range, cancellationToken)).TryGet(out List<RunRecord>? runs, out Refusal? refusal))
        {
            return refusal;
        }

        var unknown = SimulatedWork.Flat((float)request.UnknownDuration.TotalSeconds, request.UnknownMemoryBytes);
        SimulatedLoad? load = await RunReplay.ReadAsync(opened!.Journal, runs, request.Remaining, unknown, cancellationToken);
        return load is null
            ? new Refusal(ExitCode.Invalid, $"run {range} has no task {(request.Remaining ? "that has not ended" : "to simulate")}", "`plimsoll status` lists the runs.")
            : load;
    }

    /// <summary>Oldest first.</summary>
    private static async Task<Outcome<List<RunRecord>>> FindAsync(IJournalReader? reader, RunRange range, CancellationToken cancellationToken)
    {
        if (reader is null || range.First == range.Last)
        {
            return (await RunRecords.FindAsync(reader, new TaskAddress(range.First, null), cancellationToken)).TryGet(out RunRecord? record, out Refusal? refusal)
                ? new List<RunRecord> { record }
                : refusal;
        }

        List<RunRecord> runs = [.. (await reader.RunsAsync(MostRuns, cancellationToken)).Where(run => range.Holds(run.Run.Value)).OrderBy(static run => run.Run.Value)];
        return runs.Count > 0 ? runs : new Refusal(ExitCode.Invalid, $"there is no run from {range} here", "`plimsoll status` lists the runs.");
    }

    private static Outcome<SimulatedLoad> Generate(string name, int seed)
    {
        (GeneratedShape? shape, string? error) = GeneratorWords.Read(name);
        return shape is null
            ? new Refusal(ExitCode.Invalid, $"cannot make up tasks by '{error}'", $"write generate:KEY=VALUE,… with {GeneratorWords.Keys}, for example generate:tasks=1000,memory=2G,seconds=60")
            : LoadGenerator.Make(shape, seed);
    }

    private Outcome<SimulatedLoad> Compile(SimulationRequest request)
    {
        PlanRequest wanted = Recognized(request.Plan);
        if (!new PlanReader(context).Compile(wanted, ImmutableDictionary<string, string>.Empty).TryGet(out CompileResult? result, out Refusal? refusal))
        {
            return refusal;
        }

        return result.Plan is not { } plan
            ? new Refusal(ExitCode.Invalid, $"the plan {wanted.Name} cannot be simulated", null, DiagnosticViews.Of(result.Diagnostics))
            : SimulatedLoad.OfPlan(plan.Name, plan.Block, request.UnknownDuration, new Bytes(request.UnknownMemoryBytes)) with
            {
                LockUnits = plan.LockUnits,
                Services = plan.Limits,
            };
    }

    /// <summary>Tells whether a JSON file is a recorded workflow; what cannot be read is left to the reader of plans to say.</summary>
    private PlanRequest Recognized(PlanRequest request)
    {
        if (request.Format is not null || !request.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return request;
        }

        try
        {
            string text = request.Text ?? Read(Path.GetFullPath(request.Name, context.Folder));
            return text.Contains(RecordedMark, StringComparison.Ordinal) ? request with { Text = text, Format = Requests.PlanFormat.WfCommons } : request with { Text = text };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return request;
        }
    }

    private static string Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return PlanText.Read(file);
    }
}
