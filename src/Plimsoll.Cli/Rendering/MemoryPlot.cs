using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>Draws the memory an attempt held over its life.</summary>
internal static class MemoryPlot
{
    private const int Columns = 64;
    private const int Rows = 8;
    private const int LabelWidth = 6;
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    public static void Write(OutputTarget output, AttemptView attempt)
    {
        output.WriteLine(output.Paint(Ink.Strong, $"{ControlEscaper.Text(attempt.Task)}, attempt {attempt.Number.ToString(CultureInfo.InvariantCulture)}"));
        if (attempt.Memory is not { Curve.Count: > 0 } memory)
        {
            output.WriteLine(attempt.EndedAt is null ? "  It is alive; its curve is kept when it ends." : "  It was too short to be measured.");
            return;
        }

        output.WriteLine($"  settled at {Figures.Bytes(memory.SettledBytes)} after {Figures.Duration(memory.SecondsToSettle)}, peak {Figures.Bytes(memory.PeakBytes)}, "
            + $"{(memory.BurstShare * 100).ToString("0", CultureInfo.InvariantCulture)} % of its life in bursts, rose by up to {Figures.Bytes(memory.RiseBytesPerSecond)}/s, "
            + $"mapped {Figures.Bytes(memory.MappedBytes)}");
        long top = Math.Max(1, memory.PeakBytes);
        double end = Math.Max(memory.Curve[^1].Seconds, 1e-3);
        long[] heights = Heights(memory.Curve, end);
        for (int row = Rows; row > 0; row--)
        {
            string label = row == Rows ? Figures.Bytes(top) : row == Rows / 2 ? Figures.Bytes(top / 2) : "";
            string cells = string.Concat(heights.Select(height => Cell(height, top, row)));
            output.WriteLine($"  {label,LabelWidth} │{cells.TrimEnd()}");
        }

        string right = Figures.Duration(end);
        output.WriteLine($"  {"0",LabelWidth} └{new string('─', Columns)}");
        output.WriteLine($"  {new string(' ', LabelWidth)}  0 s{right.PadLeft(Columns - 3)}");
    }

    /// <summary>The most held in each column; a column without a point shows the one before.</summary>
    private static long[] Heights(IReadOnlyList<MemoryPointView> curve, double end)
    {
        long[] heights = new long[Columns];
        Array.Fill(heights, -1);
        foreach (MemoryPointView point in curve)
        {
            int column = Math.Clamp((int)(point.Seconds / end * (Columns - 1)), 0, Columns - 1);
            heights[column] = Math.Max(heights[column], point.Bytes);
        }

        for (int column = 0; column < Columns; column++)
            heights[column] = heights[column] >= 0 ? heights[column] : column > 0 ? heights[column - 1] : 0;
        return heights;
    }

    private static char Cell(long height, long top, int row)
    {
        int eighths = (int)Math.Round(height / (double)top * Rows * 8) - ((row - 1) * 8);
        return Eighths[Math.Clamp(eighths, 0, 8)];
    }
}
