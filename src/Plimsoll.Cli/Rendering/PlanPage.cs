using System.Globalization;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Plans;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what is known about a plan: findings on standard error, what would run on standard output.</summary>
internal static class PlanPage
{
    private const int MostNeeds = 3;
    private const int MostTasks = 200;

    public static void Write(CliContext context, PlanReportView report, bool withOrder)
    {
        foreach (DiagnosticView diagnostic in report.Diagnostics)
            Diagnostics.Write(context.Error, diagnostic);

        int errors = report.Diagnostics.Count(diagnostic => diagnostic.Severity == "error");
        int warnings = report.Diagnostics.Count - errors;
        string file = ControlEscaper.Text(report.File);
        if (!report.Valid)
        {
            context.Error.WriteLine($"{file}: {Figures.Count(errors, "error", "errors")}{(warnings > 0 ? $", {Figures.Count(warnings, "warning", "warnings")}" : "")}");
            return;
        }

        if (withOrder)
            Order(context.Out, report);
        context.Out.WriteLine($"{file} ({ControlEscaper.Text(report.Name)}) is valid: {Figures.Count(report.Tasks, "task", "tasks")}, "
            + $"{Figures.Count(report.Edges, "dependency", "dependencies")}, {Figures.Count(report.Classes.Count, "class", "classes")}"
            + (warnings > 0 ? $"; {Figures.Count(warnings, "warning", "warnings")}." : "."));
    }

    /// <summary>Into a pipe columns are not cut, and a join may need thousands.</summary>
    private static string Needs(IReadOnlyList<string> needs) =>
        string.Join(", ", needs.Take(MostNeeds)) + (needs.Count > MostNeeds ? $" and {Figures.Count(needs.Count - MostNeeds, "other", "others")}" : "");

    private static void Order(OutputTarget output, PlanReportView report)
    {
        var table = new TextTable(new("LEVEL", true), new("TASK", Shrinks: true), new("NEEDS", Shrinks: true), new("RUNS", Shrinks: true));
        foreach (PlannedTaskView task in report.Order.Take(MostTasks))
        {
            table.Add(
                task.Level.ToString(CultureInfo.InvariantCulture),
                new TextCell(task.Name, Ink.Strong),
                Needs(task.Needs),
                task.Action);
        }

        table.WriteTo(output);
        if (report.Tasks > table.Rows)
            output.WriteLine($"… and {Figures.Count(report.Tasks - table.Rows, "more task", "more tasks")}; --json lists up to 10,000.");
        output.WriteLine();
    }
}
