namespace Plimsoll.Cli.Rendering;

/// <summary>Finds what an attempt left to read.</summary>
internal static class Evidence
{
    /// <summary>The file that holds something, standard error first; null when there is nothing to read.</summary>
    public static string? Of(string? stdoutPath, string? stderrPath) =>
        HasContent(stderrPath) ? stderrPath : HasContent(stdoutPath) ? stdoutPath : null;

    private static bool HasContent(string? path) => path is not null && new FileInfo(path) is { Exists: true, Length: > 0 };
}
