using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads what a request names in its path and query; what cannot be read is answered with a problem.</summary>
internal static class Asked
{
    /// <summary>The run in the path; null after an answer that says what is wrong.</summary>
    public static async Task<RunId?> RunAsync(HttpContext context)
    {
        string? text = context.GetRouteValue("run") as string;
        if (Lineage.TryRun(text, out RunId run))
        {
            return run;
        }

        await Problem.NotFoundAsync(context, $"there is no run '{Shown(text)}'", "A run is a number from 1; GET /api/v1/runs lists them.");
        return null;
    }

    /// <summary>The task in the path; null after an answer that says what is wrong.</summary>
    public static async Task<TaskId?> TaskAsync(HttpContext context)
    {
        string? text = context.GetRouteValue("task") as string;
        if (Lineage.TryTask(text, out TaskId task))
        {
            return task;
        }

        await Problem.NotFoundAsync(context, $"there is no task '{Shown(text)}'", "A task is addressed by its id, such as 12.345; GET /api/v1/tasks lists them.");
        return null;
    }

    /// <summary>A text of the query; null = not given.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>Words of the query, separated by commas or given several times.</summary>
    public static string[] Words(HttpContext context, string name) =>
        [.. context.Request.Query[name].SelectMany(static one => (one ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>A number of the query within bounds; null after an answer that says what is wrong.</summary>
    public static async Task<int?> NumberAsync(HttpContext context, string name, int otherwise, int most)
    {
        string? text = Text(context, name);
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most)
        {
            return number;
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"{name} is a number from 1 to {most}, found '{Shown(text)}'");
        return null;
    }

    /// <summary>A switch of the query: <c>true</c>, <c>1</c> or without a value.</summary>
    public static bool Flag(HttpContext context, string name) => context.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) && value.ToString() is "" or "true" or "1";

    public static string Shown(string? text) => text is { Length: > 80 } ? text[..80] + "…" : text ?? "";
}
