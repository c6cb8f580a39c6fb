using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Overviews;

namespace Plimsoll.Cli.Top;

/// <summary>Draws the load line as a bar: what is loaded, the room that is left, the line, and the reserve beyond it.</summary>
internal sealed class TopLoadLine(OutputTarget target, int width)
{
    private const int MostColumns = 80;

    public void Add(List<LiveLine> lines, LoadLineView? line)
    {
        if (line is not { TotalBytes: { } total } || total <= 0)
            return;

        long capacity = line.CapacityBytes ?? total;
        long top = Math.Max(total, capacity);
        int columns = Math.Clamp(width - 8, 10, MostColumns);
        int at = Math.Clamp((int)Math.Round((double)capacity / top * columns), 1, columns);
        (long Bytes, char Mark, Ink Ink)[] parts =
        [
            (line.OthersBytes, '█', Ink.Faint),
            (line.SharedBytes + line.UsedBytes, '█', Ink.Bad),
            (line.OwedBytes, '▒', Ink.Bad),
            (line.BurstBytes, '░', Ink.Bad),
        ];
        LineBuilder bar = new LineBuilder(target, width).Add("memory  ", Ink.Faint);
        long sum = 0;
        int drawn = 0;
        foreach ((long bytes, char mark, Ink ink) in parts)
        {
            sum += bytes;
            int end = Math.Clamp((int)Math.Round((double)sum / top * columns), drawn, at);
            bar.Add(new string(mark, end - drawn), ink);
            drawn = end;
        }

        lines.Add(bar.Add(new string('·', Math.Max(0, at - drawn)), Ink.Faint).Add("┃", Ink.Strong).Add(new string(' ', Math.Max(0, columns - at - 1))).Build());
        string reserve = line.ReserveBytes is { } kept ? $", {Figures.Bytes(kept)} kept for the host" : "";
        lines.Add(new LineBuilder(target, width)
            .Add($"        {Figures.Percent(Math.Min(1, (double)sum / Math.Max(1, capacity)))} loaded", Ink.Strong)
            .Add($" of {Figures.Bytes(capacity)}: {Figures.Bytes(line.UsedBytes + line.SharedBytes)} used, {Figures.Bytes(line.OwedBytes)} owed, {Figures.Bytes(line.BurstBytes)} for bursts, {Figures.Bytes(line.OthersBytes)} by others{reserve}")
            .Build());
    }
}
