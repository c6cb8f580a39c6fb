using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Prints what was learned of classes.</summary>
internal static class ClassListing
{
    public static void Write(OutputTarget output, IReadOnlyList<ClassView> classes)
    {
        if (classes.Count == 0)
        {
            output.WriteLine("Nothing was learned yet: attempts that live for a quarter of a second or longer are measured.");
            return;
        }

        var table = new TextTable(
            new("CLASS", Shrinks: true),
            new("SETTLED", AlignRight: true),
            new("BURST", AlignRight: true),
            new("IN BURSTS", AlignRight: true),
            new("GROWS BY", AlignRight: true),
            new("TAKES", AlignRight: true),
            new("SEEN", AlignRight: true),
            new("EXCEEDED", AlignRight: true));
        foreach (ClassView row in classes)
        {
            table.Add(
                new TextCell(row.Class, Ink.Strong),
                row.FollowsSize ? $"{Figures.Bytes(row.SettledBytes)} by size" : Figures.Bytes(row.SettledBytes),
                $"+{Figures.Bytes(row.BurstBytes)}",
                $"{(row.BurstShare * 100).ToString("0", CultureInfo.InvariantCulture)} %",
                $"{Figures.Bytes(row.RiseBytesPerSecond)}/s",
                Figures.Duration(row.MedianSeconds),
                row.Measured.ToString("#,0", CultureInfo.InvariantCulture),
                row.Predicted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{row.Exceeded} of {row.Predicted}"));
        }

        table.WriteTo(output);
    }
}
