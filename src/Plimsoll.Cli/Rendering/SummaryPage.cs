using System.Globalization;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what a run came to, and what to do next.</summary>
internal static class SummaryPage
{
    private const int MostFailures = 20;

    public static void Write(OutputTarget output, SummaryView summary)
    {
        string run = summary.Run.ToString(CultureInfo.InvariantCulture);
        string outcome = summary.Outcome is "interrupted" or "cancelled" or "halted" ? $"was {summary.Outcome}" : summary.Outcome;
        output.WriteLine();
        output.WriteLine($"{output.Paint(Ink.Strong, $"Run {run} ({ControlEscaper.Text(summary.Name)})")} "
            + output.Paint(Outcomes.InkOf(summary.Outcome), outcome) + $" after {Figures.Duration(summary.WallSeconds)}.");
        output.WriteLine($"  {Counts(output, summary)}");
        string used = summary.Utilisation is { } share ? $", {Figures.Percent(share)} of the capacity used" : "";
        string memory = summary.PeakMemoryBytes > 0 ? $", {Figures.Bytes(summary.PeakMemoryBytes)} of memory at most" : "";
        output.WriteLine($"  {summary.MaxConcurrency.ToString(CultureInfo.InvariantCulture)} at once{memory}{used}");
        if (summary.Pressure is { } pressure)
            output.WriteLine($"  {Pressure(pressure)}");
        if (summary.Usage is { } usage)
            output.WriteLine($"  models: {UsageLine.Long(usage)}");
        Failures(output, summary);
        if (summary.Unfinished > 0)
            output.WriteLine($"Go on with: plimsoll resume {run}");
    }

    private static string Pressure(PressureView pressure)
    {
        var parts = new List<string>();
        if (pressure.GatedSeconds > 0)
            parts.Add($"starts held back for {Figures.Duration(pressure.GatedSeconds)}");
        if (pressure.Freezes > 0)
            parts.Add($"{Figures.Count(pressure.Freezes, "freeze", "freezes")} for {Figures.Duration(pressure.FrozenSeconds)} together");
        if (pressure.Evictions > 0)
            parts.Add($"{Figures.Count(pressure.Evictions, "eviction", "evictions")}, {Figures.Duration(pressure.RedoneSeconds)} of work done again");
        return $"memory was short: {string.Join(", ", parts)}";
    }

    private static string Counts(OutputTarget output, SummaryView summary)
    {
        var parts = new List<string>();
        Part(summary.Succeeded, "succeeded", Ink.Good, always: true);
        Part(summary.Failed + summary.Dead, "failed", Ink.Bad);
        Part(summary.Skipped, "skipped", Ink.Faint);
        Part(summary.Cancelled, "cancelled", Ink.Caution);
        Part(summary.Unfinished, "unfinished", Ink.Caution);
        Part(summary.Retried, summary.Retried == 1 ? "attempt retried" : "attempts retried", Ink.Caution);
        return string.Join(", ", parts);

        void Part(int count, string word, Ink ink, bool always = false)
        {
            if (count > 0 || always)
                parts.Add(output.Paint(count > 0 ? ink : Ink.Plain, string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {word}")));
        }
    }

    private static void Failures(OutputTarget output, SummaryView summary)
    {
        if (summary.Failures.Count == 0)
            return;

        output.WriteLine();
        foreach (FailureView failure in summary.Failures.Take(MostFailures))
        {
            string name = ControlEscaper.Text(failure.Name);
            output.WriteLine($"  {output.Paint(Ink.Bad, name)}: {Outcomes.Describe(failure.Outcome, failure.ExitCode, failure.Signal)}{Reason(failure)}");
            if (failure.LogPath is { } path)
                output.WriteLine($"    {output.Paint(Ink.Faint, ControlEscaper.Text(path))}");
        }

        int rest = summary.Failed + summary.Dead - Math.Min(summary.Failures.Count, MostFailures);
        if (rest > 0)
            output.WriteLine($"  and {Figures.Count(rest, "other", "others")}: plimsoll status {summary.Run.ToString(CultureInfo.InvariantCulture)} --only failed,dead");
        output.WriteLine($"Look closer with: plimsoll why '{ControlEscaper.Text(Address.Format(summary.Run, summary.Failures[0].Name))}'");
    }

    private static string Reason(FailureView failure) =>
        Outcomes.Beyond(failure.Reason, failure.ExitCode) is { } reason ? $", {reason}" : "";
}
