using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Writes a report as JSON and as Markdown beside it.</summary>
internal static class ReportFiles
{
    public const string Folder = "docs/logs/benchmarks";

    /// <summary><c>YYYYMMDD-HHMM-kind.json</c> in the folder of reports; a number is added where that is taken.</summary>
    public static string Path(TrialRequest request, DateTimeOffset at, string kind)
    {
        string folder = FolderOf(request);
        string name = $"{at.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}-{kind}";
        string path = System.IO.Path.Combine(folder, $"{name}.json");
        for (int next = 2; File.Exists(path); next++)
        {
            path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{next}.json"));
        }

        return path;
    }

    /// <summary>Reads a report that somebody named.</summary>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        using FileStream file = File.OpenRead(path);
        return JsonSerializer.Deserialize(PlanText.Read(file, "name a report of bench"), type);
    }

    /// <returns>Why no report can be written there; null = one can.</returns>
    public static Refusal? Refuses(TrialRequest request)
    {
        string folder = FolderOf(request);
        string trial = System.IO.Path.Combine(folder, $".{Environment.ProcessId}.new");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(trial, "");
            File.Delete(trial);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unwritable(folder, error);
        }
    }

    /// <returns>Why it could not be written; null = it was.</returns>
    public static Refusal? Write<T>(string path, T report, JsonTypeInfo<T> type, IReadOnlyList<BenchTable> tables)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);

            // Whole or not at all: an interrupted matrix is resumed from it.
            string fresh = $"{path}.new";
            File.WriteAllText(fresh, JsonSerializer.Serialize(report, type));
            File.Move(fresh, path, overwrite: true);
            File.WriteAllText(System.IO.Path.ChangeExtension(path, ".md"), Markdown(tables));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unwritable(path, error);
        }
    }

    private static string FolderOf(TrialRequest request) => request.Reports ?? System.IO.Path.Combine(request.Folder, Folder);

    private static Refusal Unwritable(string path, Exception error) =>
        new(ExitCode.Environment, $"the report cannot be written to {path}: {error.Message}", "--reports names another folder");

    private static string Markdown(IReadOnlyList<BenchTable> tables)
    {
        var text = new StringBuilder();
        foreach (BenchTable table in tables)
        {
            foreach (string line in table.Lines)
            {
                text.Append(line).Append("\n\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Columns)} |\n|{string.Concat(table.Columns.Select(static _ => "---|"))}\n");
            foreach (IReadOnlyList<string> row in table.Rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
