using System.Text.Json;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Quality;

/// <summary>How fast a recorded fork-join workflow could be packed: head + ceil(width / fit) x median + join.</summary>
/// <param name="HeadSeconds">Longest task of each level before the widest one, added up.</param>
/// <param name="Width">Tasks of the widest level.</param>
/// <param name="Fit">How many of them fit at once, by median memory and by cores.</param>
internal sealed record PackingBound(double HeadSeconds, int Width, int Fit, double MedianSeconds, double JoinSeconds)
{
    public double Seconds => HeadSeconds + (Math.Ceiling((double)Width / Fit) * MedianSeconds) + JoinSeconds;

    public static PackingBound Of(string recording, double capacityBytes, int cores)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(recording));
        JsonElement workflow = document.RootElement.GetProperty("workflow");
        Dictionary<string, (double Seconds, double Bytes)> measured = workflow.GetProperty("execution").GetProperty("tasks").EnumerateArray().ToDictionary(
            task => task.GetProperty("id").GetString()!,
            task => (task.GetProperty("runtimeInSeconds").GetDouble(), task.TryGetProperty("memoryInBytes", out JsonElement memory) ? memory.GetDouble() : 0),
            StringComparer.Ordinal);
        Dictionary<string, string[]> parents = workflow.GetProperty("specification").GetProperty("tasks").EnumerateArray().ToDictionary(
            task => task.GetProperty("id").GetString()!,
            task => task.GetProperty("parents").EnumerateArray().Select(parent => parent.GetString()!).ToArray(),
            StringComparer.Ordinal);
        Dictionary<string, int> levels = new(StringComparer.Ordinal);
        foreach (string id in parents.Keys)
        {
            Level(id, parents, levels);
        }

        List<IGrouping<int, string>> byLevel = [.. levels.GroupBy(level => level.Value, level => level.Key).OrderBy(level => level.Key)];
        int widest = byLevel.MaxBy(level => level.Count())!.Key;
        double Longest(IGrouping<int, string> level) => level.Max(id => measured[id].Seconds);
        List<(double Seconds, double Bytes)> wide = [.. byLevel[widest].Select(id => measured[id])];
        double medianBytes = Measurement.MedianOf([.. wide.Select(task => task.Bytes)]);
        return new(
            byLevel.Where(level => level.Key < widest).Sum(Longest),
            wide.Count,
            Math.Max(1, Math.Min(cores, (int)(capacityBytes / Math.Max(1, medianBytes)))),
            Measurement.MedianOf([.. wide.Select(task => task.Seconds)]),
            byLevel.Where(level => level.Key > widest).Sum(Longest));
    }

    private static int Level(string id, Dictionary<string, string[]> parents, Dictionary<string, int> levels)
    {
        if (!levels.TryGetValue(id, out int level))
        {
            level = parents[id].Select(parent => Level(parent, parents, levels) + 1).DefaultIfEmpty(0).Max();
            levels[id] = level;
        }

        return level;
    }
}
