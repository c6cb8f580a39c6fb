using System.Globalization;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Serving;

/// <summary>A task, or a run as a whole.</summary>
/// <param name="Task">Null for a run.</param>
internal readonly record struct WaitTarget(RunId Run, TaskId? Task)
{
    /// <summary>Reads <c>12.345</c> or <c>12</c>.</summary>
    public static bool TryParse(string? text, out WaitTarget target)
    {
        target = default;
        string[] parts = text?.Split('.') ?? [];
        if (parts.Length is not (1 or 2) || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int run) || run <= 0)
        {
            return false;
        }

        if (parts.Length == 1)
        {
            target = new WaitTarget(new RunId(run), null);
            return true;
        }

        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal))
        {
            return false;
        }

        target = new WaitTarget(new RunId(run), new TaskId(new RunId(run), ordinal));
        return true;
    }

    public override string ToString() => Task?.ToString() ?? Run.ToString();
}
