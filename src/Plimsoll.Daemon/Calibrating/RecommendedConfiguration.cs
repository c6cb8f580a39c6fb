using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Plimsoll.Client.Benchmarks;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Writes a recommendation as configuration, and into a configuration that is there, whose other lines stay as they are.</summary>
internal static class RecommendedConfiguration
{
    private const string Cores = "1.0";
    private const string Host = "host";
    private const string Templates = "templates";
    private static readonly string[] Mappings = [Host, Templates];

    /// <summary>YAML with the number of tasks at once, the reserve, and a template with the job's limits.</summary>
    public static string Fragment(RecommendationView report)
    {
        var text = new StringBuilder();
        foreach ((string? parent, string[] lines) in Parts(report))
        {
            text.Append(parent is null ? "" : $"{parent}:\n");
            foreach (string line in lines)
            {
                text.Append(parent is null ? line : $"  {line}").Append('\n');
            }
        }

        return text.ToString();
    }

    /// <returns>Why a text cannot be edited by line; null = it can.</returns>
    public static string? Obstacle(string text) =>
        text.Split('\n').Select(static (line, at) => (Line: line, Number: at + 1)).FirstOrDefault(static each => Mappings.Any(parent => IsInline(each.Line, parent))) is { Line: { } line, Number: var number }
            ? $"line {number} holds '{line.Trim()}' in one line"
            : null;

    /// <param name="obstacle">Why it cannot be edited by line.</param>
    /// <returns>The whole text after the change.</returns>
    public static string? Edit(string text, RecommendationView report, out string? obstacle)
    {
        obstacle = Obstacle(text);
        if (obstacle is not null)
        {
            return null;
        }

        List<string> lines = text.Length == 0 ? [] : [.. text.TrimEnd('\n').Split('\n')];
        foreach ((string? parent, string[] part) in Parts(report))
        {
            if (parent is null)
            {
                Replace(lines, 0, lines.Count, "", part);
                continue;
            }

            int at = lines.FindIndex(line => line.StartsWith($"{parent}:", StringComparison.Ordinal));
            if (at < 0)
            {
                lines.AddRange([$"{parent}:", .. part.Select(static line => $"  {line}")]);
                continue;
            }

            lines[at] = $"{parent}:";
            int end = at + 1;
            while (end < lines.Count && (lines[end].Length == 0 || char.IsWhiteSpace(lines[end][0]) || lines[end][0] == '#'))
            {
                end++;
            }

            string? child = lines.Skip(at + 1).Take(end - at - 1).FirstOrDefault(static line => line.Trim().Length > 0 && line.TrimStart()[0] != '#');
            string indent = child is null ? "  " : child[..^child.TrimStart().Length];
            Replace(lines, at + 1, end, indent, part);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<(string? Parent, string[] Lines)> Parts(RecommendationView report)
    {
        yield return (null, [string.Create(CultureInfo.InvariantCulture, $"max_concurrent: {report.Here.ByLoadLine}")]);
        yield return (Host, [string.Create(CultureInfo.InvariantCulture, $"memory_reserve: {Mebibytes(report.Here.ReserveBytes)}M")]);
        string work = report.Command is ["agent", var agent] ? $"  params: [prompt]\n  agent: {agent}\n  prompt: \"{{{{prompt}}}}\"" : $"  run: [{string.Join(", ", report.Command.Select(Quoted))}]";
        yield return (Templates, [$"{report.Name}:", .. work.Split('\n'), string.Create(CultureInfo.InvariantCulture, $"  memory_limit: {Mebibytes(report.LimitBytes)}M"), $"  cpu: {Cores}"]);
    }

    private static bool IsInline(string line, string parent) =>
        line.StartsWith($"{parent}:", StringComparison.Ordinal) && line[(parent.Length + 1)..].Split(" #")[0].Trim() is not ("" or "{}");

    private static long Mebibytes(long bytes) => bytes >> 20;

    /// <summary>A JSON string is a YAML string.</summary>
    private static string Quoted(string word) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(word)}\"";

    /// <summary>Puts an entry of a mapping in place of the one with its name, or at the end.</summary>
    private static void Replace(List<string> lines, int from, int until, string indent, string[] entry)
    {
        string key = indent + entry[0][..(entry[0].IndexOf(':', StringComparison.Ordinal) + 1)];
        IEnumerable<string> written = entry.Select(line => indent + line);
        int at = lines.FindIndex(from, until - from, line => line.StartsWith(key, StringComparison.Ordinal));
        if (at < 0)
        {
            int last = until;
            while (last > from && lines[last - 1].Trim().Length == 0)
            {
                last--;
            }

            lines.InsertRange(last, written);
            return;
        }

        int end = at + 1;
        while (end < until && lines[end].StartsWith(indent + " ", StringComparison.Ordinal))
        {
            end++;
        }

        lines.RemoveRange(at, end - at);
        lines.InsertRange(at, written);
    }
}
