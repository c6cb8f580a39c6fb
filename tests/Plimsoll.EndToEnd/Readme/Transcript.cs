using System.Text.RegularExpressions;
using Plimsoll.Tests.Repository;

namespace Plimsoll.EndToEnd.Readme;

/// <summary>A console block of README.md: commands after <c>$ </c> and what they print.</summary>
internal sealed partial record Transcript(string Kind, IReadOnlyList<(string Command, string Output)> Steps)
{
    public static IReadOnlyList<Transcript> All { get; } =
        [.. Block().Matches(RepositoryFiles.Read("README.md")).Select(block => new Transcript(block.Groups["kind"].Value, Parse(block.Groups["text"].Value)))];

    /// <summary>Lines without what differs from run to run: times, sizes, shares, folders; sorted, because tasks run side by side.</summary>
    public static string[] Comparable(string output) =>
        [.. output.Split('\n').Select(line => Space().Replace(Folder().Replace(Figure().Replace(Sampled().Replace(line, ""), "#"), "DIR"), " ").Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];

    private static List<(string Command, string Output)> Parse(string text)
    {
        List<(string Command, string Output)> steps = [];
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                steps.Add((line[2..], ""));
            }
            else if (steps.Count > 0)
            {
                steps[^1] = (steps[^1].Command, steps[^1].Output + line + "\n");
            }
        }

        return steps;
    }

    [GeneratedRegex(@"(?:<!-- (?<kind>\w+) -->\n)?```console\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    // The memory of a task, which is there when a sample was taken before it ended.
    [GeneratedRegex(@", [\d.]+[KMG]$")]
    private static partial Regex Sampled();

    [GeneratedRegex(@"\b\d\d:\d\d:\d\d\b|\b[\d.]+ (ms|s|%)|\b[\d.]+[KMG]\b|\b[\d,]+ at once\b|\b(?=[a-f]*\d)[0-9a-f]{6,40}\b")]
    private static partial Regex Figure();

    [GeneratedRegex(@"/\S*/\.plimsoll\b")]
    private static partial Regex Folder();

    [GeneratedRegex(" +")]
    private static partial Regex Space();
}
