using System.Globalization;
using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Retention;

/// <summary>The statements that delete the rows of a run; the same in every dialect.</summary>
internal static class RunRemoval
{
    /// <summary>A task is purged as long as the attempt that killed it is its latest.</summary>
    internal const string Purged = "EXISTS (SELECT 1 FROM purged WHERE purged.task = task_progress.task AND purged.fence = task_progress.fence)";

    internal static string Of(RunId run)
    {
        string number = run.ToString();
        string tasks = string.Create(CultureInfo.InvariantCulture, $">= {new TaskId(run, 0).Value} AND {{0}} < {new TaskId(new RunId(run.Value + 1), 0).Value}");
        string Within(string column) => $"{column} {string.Format(CultureInfo.InvariantCulture, tasks, column)}";
        string fences = $"fence IN (SELECT fence FROM attempt WHERE {Within("task")})";
        string blocks = $"block IN (SELECT id FROM block WHERE run = {number})";
        return $"""
            DELETE FROM output WHERE {fences};
            DELETE FROM attempt_process WHERE {fences};
            DELETE FROM attempt_footprint WHERE {fences};
            DELETE FROM attempt_usage WHERE {Within("task")};
            DELETE FROM attempt_end WHERE {fences};
            DELETE FROM attempt WHERE {Within("task")};
            DELETE FROM task_progress WHERE {Within("task")};
            DELETE FROM purged WHERE {Within("task")};
            DELETE FROM task_priority WHERE {Within("task")};
            DELETE FROM binding WHERE {Within("task")};
            DELETE FROM task WHERE {Within("id")};
            DELETE FROM shape WHERE {blocks};
            DELETE FROM policy WHERE {blocks};
            DELETE FROM edge_page WHERE {blocks};
            DELETE FROM block WHERE run = {number};
            DELETE FROM event WHERE run = {number};
            DELETE FROM run WHERE id = {number}
            """;
    }
}
