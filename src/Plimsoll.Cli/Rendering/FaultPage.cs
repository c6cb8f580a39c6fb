using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what seeds of fault simulation came to.</summary>
internal static class FaultPage
{
    public static void Write(OutputTarget output, FaultReportView report)
    {
        string turns = report.Turns.ToString("N0", CultureInfo.InvariantCulture);
        output.WriteLine($"{Figures.Count(report.Seeds, "seed", "seeds")} from {report.FirstSeed} on, {turns} turns of the kernel in {Figures.Duration(report.WallSeconds)}");
        var table = new TextTable(new("FAULT"), new("TIMES", AlignRight: true));
        foreach ((string fault, long times) in report.Faults)
            table.Add(fault, times.ToString("N0", CultureInfo.InvariantCulture));
        table.WriteTo(output);
        if (report.Broken.Count == 0)
            output.WriteLine(output.Paint(Ink.Good, "no invariant was broken"));
        foreach (BrokenSeedView seed in report.Broken)
            output.WriteLine($"{output.Paint(Ink.Bad, "broken")}: {ControlEscaper.Text(seed.Invariant)}; again with: {seed.Replay}");
    }
}
