using System.Text.Json;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Tools that only look: at tasks and runs, at what they wait for, at what they wrote.</summary>
internal static class LookTools
{
    public static IReadOnlyList<McpTool> All { get; } =
    [
        new(
            "status",
            "Show one task with its attempts, one run, or (without id) the newest tasks you may see.",
            """
            {"type":"object","properties":{
              "id":{"type":"string","description":"A task, \"12.345\", or a run, \"12\"; leave it out for a list."},
              "state":{"type":"string","description":"Only tasks in this state, such as running, waiting, failed."},
              "limit":{"type":"integer","minimum":1,"maximum":200,"default":50}},
             "additionalProperties":false}
            """,
            isReadOnly: true,
            StatusAsync),
        new(
            "why",
            "Say why a task is where it is: what it waits for, how much it needs, how much there is, and what would release it.",
            """{"type":"object","properties":{"id":{"type":"string","description":"A task, \"12.345\"."}},"required":["id"],"additionalProperties":false}""",
            isReadOnly: true,
            WhyAsync),
        new(
            "logs",
            "Read what a task wrote: the end of its standard output and standard error.",
            """
            {"type":"object","properties":{
              "id":{"type":"string","description":"A task, \"12.345\"."},
              "stream":{"type":"string","enum":["stdout","stderr","both"],"default":"both"},
              "tail_bytes":{"type":"integer","minimum":1,"maximum":65536,"default":16384,"description":"How much of the end of each stream."}},
             "required":["id"],"additionalProperties":false}
            """,
            isReadOnly: true,
            LogsAsync),
    ];

    private static Task<Outcome<string>> StatusAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!arguments.TryGetProperty("id", out _))
        {
            string state = McpArguments.Text(arguments, "state") is { } word ? $"&state={Uri.EscapeDataString(word)}" : "";
            return link.SendAsync(HttpMethod.Get, $"api/v1/tasks?limit={McpArguments.Number(arguments, "limit") ?? "50"}{state}", null, cancellation);
        }

        return McpArguments.Id(arguments, orRun: true).TryGet(out string? id, out Refusal? refusal)
            ? link.SendAsync(HttpMethod.Get, id.Contains('.', StringComparison.Ordinal) ? $"api/v1/tasks/{id}" : $"api/v1/runs/{id}", null, cancellation)
            : Task.FromResult<Outcome<string>>(refusal);
    }

    private static async Task<Outcome<string>> WhyAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!McpArguments.Id(arguments, orRun: false).TryGet(out string? id, out Refusal? refusal)
            || !(await link.SendAsync(HttpMethod.Get, $"api/v1/tasks/{id}", null, cancellation)).TryGet(out string? text, out refusal))
        {
            return refusal;
        }

        using JsonDocument detail = JsonDocument.Parse(text);
        string state = detail.RootElement.GetProperty("task").GetProperty("state").GetRawText();
        return $$"""{"id":"{{id}}","state":{{state}},"reasons":{{detail.RootElement.GetProperty("reasons").GetRawText()}}}""";
    }

    private static async Task<Outcome<string>> LogsAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!McpArguments.Id(arguments, orRun: false).TryGet(out string? id, out Refusal? refusal))
        {
            return refusal;
        }

        string bytes = McpArguments.Number(arguments, "tail_bytes") ?? "16384";
        return await link.SendAsync(HttpMethod.Get, $"api/v1/tasks/{id}/tail?stream={Uri.EscapeDataString(McpArguments.Text(arguments, "stream") ?? "both")}&bytes={bytes}", null, cancellation);
    }
}
