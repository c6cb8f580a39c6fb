using System.Text.Json;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Tools that submit, wait and cancel.</summary>
internal static class TaskTools
{
    /// <summary>Shorter than the time after which agents give up a call.</summary>
    private const string UsualWaitSeconds = "45";

    private static readonly HashSet<string> Nothing = [];

    public static IReadOnlyList<McpTool> All { get; } =
    [
        new(
            "submit_task",
            "Submit one task to run in the background, and return its id at once (\"12.345\"). It is durable, is started when memory, slots and locks allow, and is retried as it says. "
            + "Give exactly one of run, agent or template. Then call wait with the id, and logs for what it wrote.",
            """
            {"type":"object","properties":{
              "run":{"description":"Command: a shell line, or a list of arguments that no shell reads.","anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},
              "agent":{"type":"string","description":"Name of an agent (claude, codex, opencode, gemini, aider, or a configured one) that gets the prompt."},
              "prompt":{"type":"string","description":"What the agent is to do."},
              "template":{"type":"string","description":"Name of a configured template."},
              "params":{"type":"object","description":"Values of the template's parameters."},
              "name":{"type":"string","description":"Name of the task, for people."},
              "memory":{"type":"string","description":"Memory it will need if you know, such as 2G; else it is learned."},
              "cpu":{"type":"number","description":"Cores it will need."},
              "locks":{"description":"Named locks that it needs alone, or {name: shared}, or {name: units}.","anyOf":[{"type":"array","items":{"type":"string"}},{"type":"object"}]},
              "priority":{"type":"integer","description":"Larger starts first; 0 is usual."},
              "timeout":{"type":"string","description":"Longest life of an attempt, such as 10m."},
              "retries":{"description":"How often it is tried again."},
              "cwd":{"type":"string","description":"Folder to work in, relative to the project."},
              "env":{"type":"object","description":"Environment variables."},
              "workspace":{"type":"string","enum":["shared","worktree"],"description":"worktree gives it a git worktree of its own."},
              "idempotency_key":{"type":"string","description":"The same key again returns the same task instead of a second one."}},
             "additionalProperties":true}
            """,
            isReadOnly: false,
            static (link, arguments, cancellation) => link.SendAsync(HttpMethod.Post, "api/v1/tasks", arguments.GetRawText(), cancellation)),
        new(
            "submit_plan",
            "Submit a plan of several tasks that need each other, and return its run at once. The plan is YAML or JSON with the key tasks; wait, status and cancel take the number of the run.",
            """
            {"type":"object","properties":{
              "plan":{"description":"The plan: a text in YAML or JSON, or an object. Example: tasks: [{id: build, run: make}, {id: test, run: make test, needs: build}]","anyOf":[{"type":"string"},{"type":"object"}]},
              "name":{"type":"string","description":"Name of the plan, for people."},
              "params":{"type":"object","additionalProperties":{"type":"string"},"description":"Values of the plan's parameters."}},
             "required":["plan"],"additionalProperties":false}
            """,
            isReadOnly: false,
            static (link, arguments, cancellation) => link.SendAsync(HttpMethod.Post, "api/v1/runs", arguments.GetRawText(), cancellation)),
        new(
            "wait",
            "Wait until tasks or runs have ended, at most timeout_seconds (45 unless you say otherwise). When done is false, call it again. Your own slot is given to others meanwhile.",
            """
            {"type":"object","properties":{
              "tasks":{"type":"array","items":{"type":"string"},"minItems":1,"description":"Ids of tasks (\"12.345\") or runs (\"12\")."},
              "timeout_seconds":{"type":"number","minimum":0,"maximum":3600,"default":45}},
             "required":["tasks"],"additionalProperties":false}
            """,
            isReadOnly: true,
            static (link, arguments, cancellation) => link.SendAsync(
                HttpMethod.Post,
                "api/v1/wait",
                McpArguments.With(arguments, Nothing, ("timeout_seconds", arguments.TryGetProperty("timeout_seconds", out _) ? null : UsualWaitSeconds)),
                cancellation)),
        new(
            "cancel",
            "Cancel a task or a run: what runs is ended with all its processes, what waits never starts.",
            """
            {"type":"object","properties":{
              "id":{"type":"string","description":"A task, \"12.345\", or a run, \"12\"."},
              "reason":{"type":"string","description":"Why, for the record."}},
             "required":["id"],"additionalProperties":false}
            """,
            isReadOnly: false,
            CancelAsync),
    ];

    private static Task<Outcome<string>> CancelAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (!McpArguments.Id(arguments, orRun: true).TryGet(out string? id, out Refusal? refusal))
        {
            return Task.FromResult<Outcome<string>>(refusal);
        }

        string path = id.Contains('.', StringComparison.Ordinal) ? $"api/v1/tasks/{id}/cancel" : $"api/v1/runs/{id}/cancel";
        return link.SendAsync(HttpMethod.Post, path, McpArguments.With(arguments, new HashSet<string>(StringComparer.Ordinal) { "id" }), cancellation);
    }
}
