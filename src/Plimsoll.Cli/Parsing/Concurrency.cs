using System.Globalization;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Parsing;

/// <summary>Reads how many tasks may run at once.</summary>
internal static class Concurrency
{
    private const int MostTasks = 1024;

    /// <summary>No value = as configured; <c>auto</c>, or a number from 1 to 1024.</summary>
    public static Outcome<TaskLimit?> Read(string? text)
    {
        if (text is null)
            return (TaskLimit?)null;
        if (string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase))
            return (TaskLimit?)new TaskLimit(null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MostTasks
            ? (TaskLimit?)new TaskLimit(count)
            : new Refusal(ExitCode.Invalid, $"-j takes auto or a number from 1 to {MostTasks}, found '{text}'");
    }
}
