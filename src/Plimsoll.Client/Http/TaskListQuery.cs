using System.Globalization;
using System.Text;

namespace Plimsoll.Client.Http;

/// <summary>Which tasks a listing is to show; null = all.</summary>
/// <param name="States">Words as tasks show them; empty = all.</param>
/// <param name="After">Cursor: <c>next</c> of the page before.</param>
/// <param name="Limit">From 1 to 1000.</param>
public sealed record TaskListQuery(
    int? Run = null,
    IReadOnlyList<string>? States = null,
    string? Name = null,
    string? Class = null,
    string? Template = null,
    string? After = null,
    int Limit = 100)
{
    internal string ToPath(string resource = "api/v1/tasks")
    {
        var path = new StringBuilder(resource).Append("?limit=").Append(Limit.ToString(CultureInfo.InvariantCulture));
        Add(path, "run", Run?.ToString(CultureInfo.InvariantCulture));
        Add(path, "state", States is { Count: > 0 } ? string.Join(',', States) : null);
        Add(path, "name", Name);
        Add(path, "class", Class);
        Add(path, "template", Template);
        Add(path, "after", After);
        return path.ToString();
    }

    private static void Add(StringBuilder path, string name, string? value)
    {
        if (value is not null)
        {
            path.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
