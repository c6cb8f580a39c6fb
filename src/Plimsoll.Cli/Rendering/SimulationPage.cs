using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints simulations beside each other.</summary>
internal static class SimulationPage
{
    public static void Write(OutputTarget output, SimulationReportView report)
    {
        string cores = report.Cores is { } number ? string.Create(CultureInfo.InvariantCulture, $", {number:0.##} cores") : "";
        output.WriteLine($"simulated {report.Input}: {Figures.Count(report.Tasks, "task", "tasks")} on {Figures.Count(report.Nodes, "node", "nodes")}, {Figures.Bytes(report.MemoryBytes)}{cores}");
        var table = new TextTable(
            new("POLICY"), new("PLACEMENT"), new("SEED", AlignRight: true), new("MAKESPAN", AlignRight: true), new("/BOUND", AlignRight: true), new("CPU", AlignRight: true), new("MEMORY", AlignRight: true),
            new("AT ONCE", AlignRight: true), new("WAIT", AlignRight: true), new("FOR"), new("EVICTED", AlignRight: true), new("KILLED", AlignRight: true), new("LOST", AlignRight: true), new("REDONE", AlignRight: true));
        double best = report.Runs.Where(static run => run.Unfinished == 0).Select(static run => run.MakespanSeconds).DefaultIfEmpty(0).Min();
        foreach (SimulationRunView run in report.Runs)
        {
            bool isBest = report.Runs.Count > 1 && run.Unfinished == 0 && run.MakespanSeconds <= best;
            table.Add(
                new TextCell(run.Policy, run.Unfinished > 0 ? Ink.Bad : isBest ? Ink.Good : Ink.Plain),
                run.Placement,
                run.Seed.ToString(CultureInfo.InvariantCulture),
                Figures.Duration(run.MakespanSeconds),
                OverBound(run),
                Figures.Percent(run.Cpu),
                Figures.Percent(run.Memory),
                AtOnce(run),
                Figures.Duration(run.MeanWaitSeconds),
                WaitedFor(run),
                Number(run.Evictions),
                Number(run.Kills),
                Number(run.Lost),
                Figures.Percent(run.Redone));
        }

        table.WriteTo(output);
        foreach (SimulationRunView run in report.Runs.Where(static run => run.Unfinished > 0))
            output.WriteLine(output.Paint(Ink.Bad, ControlEscaper.Text(Unfinished(run))));
    }

    /// <summary>One that did not end has no makespan to compare.</summary>
    public static string OverBound(SimulationRunView run) => run.Unfinished > 0 ? "-" : run.OverBound.ToString("0.00", CultureInfo.InvariantCulture);

    public static string AtOnce(SimulationRunView run) => string.Create(CultureInfo.InvariantCulture, $"{run.MeanLive:0.#}/{run.MostLive}");

    public static string WaitedFor(SimulationRunView run) => run.Waits.Count > 0 ? $"{run.Waits[0].Cause} {Figures.Percent(run.Waits[0].Share)}" : "";

    public static string Unfinished(SimulationRunView run) =>
        $"{run.Policy}, {run.Placement}, seed {run.Seed}: {Figures.Count(run.Unfinished, "task", "tasks")} could not end{(run.Stuck is { } why ? $". {why}" : "")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
