using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Benchmarks;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints a torture run: a table per load, the targets below it.</summary>
internal static class TorturePage
{
    public static void Write(OutputTarget output, TortureReportView report)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"torture {report.Scenario}: host of {Figures.Bytes(report.HostBytes)}, {report.Cores} cores"));
        foreach (TortureSeedView seed in report.Seeds)
        {
            output.WriteLine();
            output.WriteLine($"{output.Paint(Ink.Strong, string.Create(CultureInfo.InvariantCulture, $"seed {seed.Seed}: {seed.Load}"))}{Bound(seed)}");
            Table(seed).WriteTo(output);
            foreach (TortureCheckView check in seed.Checks)
            {
                (Ink ink, string word) = check.Met switch { true => (Ink.Good, "met   "), false => (Ink.Bad, "MISSED"), null => (Ink.Faint, "open  ") };
                output.WriteLine($"  {output.Paint(ink, word)} {check.What}: {check.Measured}");
            }
        }

        int met = report.Seeds.Count(seed => seed.Checks.All(check => check.Met != false));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Every target reached in {met} of {report.Seeds.Count} seeds."));
    }

    private static string Bound(TortureSeedView seed) =>
        seed.BoundSeconds is { } bound ? string.Create(CultureInfo.InvariantCulture, $", packing bound {bound:0.0} s") : "";

    private static TextTable Table(TortureSeedView seed)
    {
        var table = new TextTable(
            new("CONTENDER"), new("DONE", AlignRight: true), new("SECONDS", AlignRight: true), new("/BOUND", AlignRight: true), new("/BEST", AlignRight: true),
            new("KILLS", AlignRight: true), new("LIVELOCK", AlignRight: true), new("STALLED", AlignRight: true), new("FROZEN", AlignRight: true),
            new("LOST", AlignRight: true), new("REDONE", AlignRight: true), new("WIDTH", AlignRight: true), new("STOPPED"));
        foreach (TortureContenderView one in seed.Contenders)
        {
            table.Add(
                new TextCell(one.Name, one.Clean ? Ink.Plain : Ink.Bad),
                string.Create(CultureInfo.InvariantCulture, $"{one.Succeeded}/{one.Jobs}"),
                Number(one.MakespanSeconds, "0.0"),
                Number(one.OverBound, "0.00"),
                Number(one.OverBestStatic, "0.00"),
                Number(one.HostKills, "0"),
                string.Create(CultureInfo.InvariantCulture, $"{one.LivelockSeconds} s"),
                Figures.Percent(one.StalledShare),
                string.Create(CultureInfo.InvariantCulture, $"{one.FrozenSeconds:0.0} s"),
                Number(one.Lost, "0"),
                Figures.Percent(one.RedoneShare),
                string.Create(CultureInfo.InvariantCulture, $"{one.MeanWidth:0.0}/{one.PeakWidth}"),
                one.Stopped ?? "");
        }

        return table;
    }

    private static string Number(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
