using System.Globalization;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>An attempt as the journal holds it.</summary>
/// <param name="Supervisor">Process number; null when it was not seen running.</param>
/// <param name="Outcome">Null while it is alive.</param>
internal sealed record JournalledAttempt(string Task, long Fence, int? Supervisor, string? Outcome, int? ExitCode, int? Signal)
{
    private const string Query = """
        SELECT task.name, attempt.fence, attempt_process.pid, attempt_outcome.name, attempt_end.exit_code, attempt_end.signal
        FROM attempt JOIN task ON task.id = attempt.task
        LEFT JOIN attempt_process USING (fence) LEFT JOIN attempt_end USING (fence) LEFT JOIN attempt_outcome ON attempt_outcome.id = attempt_end.outcome
        ORDER BY attempt.fence;
        """;

    /// <summary>Exit code, or minus the signal.</summary>
    public int? End => ExitCode ?? -Signal;

    public static Task<IReadOnlyList<JournalledAttempt>> AllAsync(TemporaryProject project) =>
        AllAsync(project, "sqlite3", "-batch", Path.Combine(project.StateFolder, "journal.db"), Query);

    /// <param name="url">Of a journal in PostgreSQL.</param>
    public static Task<IReadOnlyList<JournalledAttempt>> AllAsync(TemporaryProject project, string url) =>
        AllAsync(project, "psql", url, "-XAt", "-F", "|", "-c", Query);

    private static async Task<IReadOnlyList<JournalledAttempt>> AllAsync(TemporaryProject project, string program, params string[] arguments)
    {
        using RunningProcess process = RunningProcess.Start(program, arguments, project.Folder);
        ProcessResult result = (await process.WaitAsync(TestContext.Current.CancellationToken)).Ended(0);
        return [.. result.StdoutLines.Select(Parse)];
    }

    private static JournalledAttempt Parse(string line)
    {
        string[] fields = line.Split('|');
        return new(fields[0], long.Parse(fields[1], CultureInfo.InvariantCulture), Number(fields[2]), fields[3].Length > 0 ? fields[3] : null, Number(fields[4]), Number(fields[5]));
    }

    private static int? Number(string text) => text.Length > 0 ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
