using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Reports;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints a run beside earlier ones.</summary>
internal static class ComparisonPage
{
    public static void Write(OutputTarget output, RunComparisonView view)
    {
        string beside = view.Before.Count == 0 ? "no earlier run" : view.Before.Count == 1 ? $"run {view.Before[0]}" : $"{view.Before.Count} runs ({string.Join(", ", view.Before)})";
        output.WriteLine($"run {view.Run} {ControlEscaper.Text(view.Name)}, {view.State}, beside {beside}");
        if (view.Rows.Count == 0)
        {
            output.WriteLine(view.Before.Count < 3
                ? $"{Figures.Count(view.Before.Count, "earlier run", "earlier runs")} of this name finished; three tell what is usual. `plimsoll compare {view.Run} OTHER` compares with one run."
                : "They have nothing in common that succeeded in each.");
            return;
        }

        ComparisonView[] differing = [.. view.Rows.Where(static one => one.Differs)];
        foreach (ComparisonView one in differing)
            output.WriteLine($"{output.Paint(Ink(one), one.Value > one.Usual ? "▲" : "▼")} {ControlEscaper.Text(one.Text)}: {Figure(one.Measure, one.Value)}, usually {Figure(one.Measure, one.Usual)}");
        if (differing.Length == 0)
            output.WriteLine("Nothing differs by more than chance.");
        output.WriteLine();
        var table = new TextTable(new("WHAT", Shrinks: true), new("MEASURE"), new("NOW", AlignRight: true), new("USUALLY", AlignRight: true), new("RATIO", AlignRight: true), new("RUNS", AlignRight: true));
        foreach (ComparisonView one in view.Rows)
        {
            table.Add(
                one.Subject,
                one.Measure,
                Figure(one.Measure, one.Value),
                Figure(one.Measure, one.Usual),
                new TextCell(one.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}x") : "new", Ink(one)),
                one.Runs.ToString(CultureInfo.InvariantCulture));
        }

        table.WriteTo(output);
    }

    private static Ink Ink(ComparisonView one) => !one.Differs ? Terminal.Ink.Plain : one.Value > one.Usual ? Terminal.Ink.Bad : Terminal.Ink.Good;

    private static string Figure(string measure, double value) => measure switch
    {
        "duration" => Figures.Duration(value),
        "memory" => Figures.Bytes((long)value),
        "cost" => string.Create(CultureInfo.InvariantCulture, $"${value:0.00##}"),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
