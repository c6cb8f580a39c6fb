using System.Globalization;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Parsing;

/// <summary>Reads how people address runs and tasks: <c>7</c>, <c>review[a.cs]</c>, <c>7/review[a.cs]</c>, <c>/12</c>.</summary>
internal static class Address
{
    /// <summary>A bare number is a run; <c>/12</c> is the task named 12 of the newest run.</summary>
    public static TaskAddress Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new TaskAddress(null, null);
        if (TryRun(text, out int run))
            return new TaskAddress(run, null);

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash == 0 && text.Length > 1)
            return new TaskAddress(null, text[1..]);
        return slash > 0 && slash < text.Length - 1 && TryRun(text[..slash], out run)
            ? new TaskAddress(run, text[(slash + 1)..])
            : new TaskAddress(null, text);
    }

    /// <summary>The address to type for a task.</summary>
    public static string Format(int run, string task) => $"{run}/{task}";

    private static bool TryRun(string text, out int run) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out run);
}
