using System.Text.Json;
using Plimsoll.Calibration.Comparisons;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Compares two reports, for the command line.</summary>
public static class ComparisonRuns
{
    /// <param name="threshold">Worse by this share is a regression.</param>
    public static Outcome<BenchComparisonView> Compare(string first, string second, double threshold)
    {
        if (!Read(first).TryGet(out List<Measure>? before, out Refusal? refusal) || !Read(second).TryGet(out List<Measure>? after, out refusal))
        {
            return refusal;
        }

        IReadOnlyList<ComparedMeasure> compared = Comparison.Of(before, after, threshold);
        return compared.Count == 0
            ? new Refusal(ExitCode.Invalid, $"{first} and {second} have no measure in common", "compare two reports of the same benchmark")
            : new BenchComparisonView(Path.GetFileName(first), Path.GetFileName(second), threshold, TrialViews.Word(Comparison.Verdict(compared)), [.. compared.Select(View)]);
    }

    /// <summary>What a file holds need not be what the type promises.</summary>
    private static bool IsWhole(MeasureView? measure) => measure is { Name: not null, Unit: not null, Values: { } values } && values.All(double.IsFinite);

    private static ComparedMeasureView View(ComparedMeasure measure) =>
        new(measure.Name, measure.Unit, measure.First, measure.Second, Finite(measure.Ratio), Finite(measure.Low), Finite(measure.High), TrialViews.Word(measure.Verdict));

    /// <summary>JSON has no infinity.</summary>
    private static double Finite(double number) => double.IsFinite(number) ? number : double.MaxValue;

    private static Outcome<List<Measure>> Read(string file)
    {
        try
        {
            MeasuredReportView? report = ReportFiles.Read(file, PlimsollJsonContext.Default.MeasuredReportView);
            return report?.Measures is { Count: > 0 } measures
                ? measures.FirstOrDefault(static one => !IsWhole(one)) is var broken && measures.All(IsWhole)
                    ? measures.Select(static one => new Measure(one.Name, one.Unit, one.LowerIsBetter, one.Values)).ToList()
                    : new Refusal(ExitCode.Invalid, $"{file} has a measure{(broken?.Name is { } name ? $" '{name}'" : "")} without a name, a unit or values", "write the report again")
                : new Refusal(ExitCode.Invalid, $"{file} has no measures", "reports of bench baseline, stress, recommend and of the project's benchmarks (--report) have");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Refusal(ExitCode.Invalid, $"{file} cannot be compared: {error.Message}");
        }
    }
}
