using System.Collections.Frozen;
using System.Collections.Immutable;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Tasks;

/// <summary>Every key a task can have.</summary>
internal static class TaskKeys
{
    private const string Text = """{"type":"string","minLength":1}""";
    private const string TextOrNumber = """{"type":["string","number","boolean"]}""";
    private const string Names = """{"anyOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string","minLength":1}}]}""";
    private const string Size = """{"$ref":"#/$defs/size"}""";
    private const string Duration = """{"$ref":"#/$defs/duration"}""";
    private const string Boolean = """{"type":"boolean"}""";
    private const string TextMap = """{"type":"object","additionalProperties":{"type":["string","number","boolean"]}}""";

    private const int LongestClass = 200;

    private static readonly string[] Workspaces = ["shared", "worktree"];
    private static readonly string[] Isolations = ["auto", "cgroup", "container", "process"];

    public static ImmutableArray<TaskKey> All { get; } =
    [
        new("run", KeyPlaces.Task | KeyPlaces.Template, """{"anyOf":[{"type":"string","minLength":1},{"type":"array","minItems":1,"items":{"type":["string","number","boolean"]}}]}""", "a shell line, or a list: argv without a shell", WorkReader.Run),
        new("agent", KeyPlaces.Task | KeyPlaces.Template, Text, "a configured agent; needs prompt", WorkReader.Agent),
        new("prompt", KeyPlaces.Task | KeyPlaces.Template, Text, "what the agent is asked", WorkReader.Prompt),
        new("llm", KeyPlaces.Task | KeyPlaces.Template, LlmReader.Schema, "a model call through the gateway", LlmReader.Read),
        new("template", KeyPlaces.Task, Text, "a named template of the configuration", (s, n, r) => s.Template = r.Text(n, "template") is null ? Refuse(s) : n),
        new("params", KeyPlaces.Task, TextMap, "values for the parameters of the template", (s, n, r) => s.Params = WorkReader.Values(n, "params", r)),
        new("noop", KeyPlaces.Task | KeyPlaces.Template, Duration, "in-process work that only takes this long", WorkReader.Noop),
        new("needs", KeyPlaces.Task, Names, "tasks that must succeed first", (s, n, r) => s.Needs = NameList(n, "needs", r)),
        new("after", KeyPlaces.Task, Names, "tasks that must end first, however they end", (s, n, r) => s.After = NameList(n, "after", r)),
        new("matrix", KeyPlaces.Task, """{"type":"object","minProperties":1,"additionalProperties":{"type":"array","minItems":1,"items":{"type":["string","number","boolean"]}}}""", "one task per combination of values", (s, n, r) => s.Matrix = WorkReader.Matrix(n, r)),
        new("when", KeyPlaces.Task, """{"type":["string","boolean"]}""", "a condition; when it is false the task is skipped", (s, n, r) => s.When = r.Text(n, "when") is null ? null : n),
        new("outputs", KeyPlaces.Task | KeyPlaces.Template, Names, "keys the task writes as key=value to $PLIMSOLL_OUTPUT", WorkReader.Outputs),
        new("env", KeyPlaces.Everywhere, """{"type":"object","additionalProperties":{"anyOf":[{"type":["string","number","boolean"]},{"type":"object","required":["from"],"additionalProperties":false,"properties":{"from":{"type":"string"}}}]}}""", "environment variables; {from: NAME} takes one at start and never stores it", WorkReader.Environment),
        new("cwd", KeyPlaces.Everywhere, Text, "working folder, relative to the project or worktree", (s, n, r) => s.WorkingFolder = r.Text(n, "cwd") is null ? null : n),
        new("timeout", KeyPlaces.Everywhere, Duration, "longest life of one attempt", (s, n, r) => s.Timeout = r.Duration(n, "timeout")),
        new("retries", KeyPlaces.Everywhere, """{"anyOf":[{"type":"integer","minimum":0,"maximum":100},{"type":"object","additionalProperties":false,"properties":{"max":{"type":"integer","minimum":0,"maximum":100},"backoff":{"type":"object","additionalProperties":false,"properties":{"base":{"$ref":"#/$defs/duration"},"cap":{"$ref":"#/$defs/duration"}}},"retry_on":{"type":"array","items":{"anyOf":[{"enum":["failed","timed_out","out_of_memory","start_failed"]},{"type":"integer","minimum":1,"maximum":255}]}},"exit_codes":{"type":"array","items":{"type":"integer","minimum":1,"maximum":255}}}}]}""", "attempts after the first, with backoff and the endings that are retried", (s, n, r) => s.Retries = RetryReader.Read(n, r)),
        new("priority", KeyPlaces.Everywhere, """{"type":"integer","minimum":-1000000,"maximum":1000000}""", "larger starts first; 0 by default", (s, n, r) => s.Priority = r.Integer(n, "priority", -1_000_000, 1_000_000)),
        new("locks", KeyPlaces.Everywhere, """{"anyOf":[{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"object","additionalProperties":{"$ref":"#/$defs/lock"}}]}},{"type":"object","additionalProperties":{"$ref":"#/$defs/lock"}}]}""", "named locks held for the whole attempt", (s, n, r) => (s.Locks, s.LocksAt) = (LockReader.Read(n, r), n)),
        new("limits", KeyPlaces.Everywhere, """{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"object","additionalProperties":{"type":"integer","minimum":1,"maximum":1000000}}]}""", "limits of services outside from which each attempt takes", (s, n, r) => (s.Limits, s.LimitsAt) = (LimitClaimReader.Read(n, r), n)),
        new("gateway", KeyPlaces.Everywhere, GatewayWish.Schema, "whether model calls go through the gateway, or through which provider or pool", (s, n, r) => (s.Gateway, s.GatewayAt) = (GatewayWish.Read(n, r), n)),
        new("cpu", KeyPlaces.Everywhere, """{"type":"number","minimum":0,"maximum":65536}""", "cores the task claims", (s, n, r) => (s.Cpu, s.CpuAt) = (r.Number(n, "cpu", 0, 65536), n)),
        new("memory", KeyPlaces.Everywhere, Size, "memory the task is expected to need; learned when absent", (s, n, r) => (s.Memory, s.MemoryAt) = (r.Size(n, "memory"), n)),
        new("size", KeyPlaces.Everywhere, """{"anyOf":[{"type":"number","exclusiveMinimum":0},{"type":"string"}]}""", "how large its input is, a number or {{key}} of its matrix: memory of a class may follow it", (s, n, r) => s.Size = r.Text(n, "size") is null ? null : n),
        new("memory_limit", KeyPlaces.Everywhere, Size, "memory above which the task is ended", (s, n, r) => s.MemoryLimit = r.Size(n, "memory_limit")),
        new("class", KeyPlaces.Everywhere, """{"type":"string","minLength":1,"maxLength":200}""", "footprint class; by default from template, agent or command", (s, n, r) => s.Class = r.Text(n, "class", LongestClass)),
        new("exclusive", KeyPlaces.Everywhere, Boolean, "runs alone on its machine", (s, n, r) => s.Exclusive = r.Boolean(n, "exclusive")),
        new("workspace", KeyPlaces.Everywhere, """{"enum":["shared","worktree"]}""", "shared project folder, or a git worktree of its own", (s, n, r) => s.Workspace = r.Choice(n, "workspace", Workspaces) switch { "worktree" => WorkspaceKind.Worktree, "shared" => WorkspaceKind.Shared, _ => null }),
        new("isolation", KeyPlaces.Everywhere, """{"enum":["auto","cgroup","container","process"]}""", "how the task is held apart from the others", (s, n, r) => (s.Isolation, s.IsolationAt) = (r.Choice(n, "isolation", Isolations), n)),
        new("image", KeyPlaces.Everywhere, Text, "image of the container the task runs in; makes isolation: container", (s, n, r) => (s.Image, s.ImageAt) = (r.Text(n, "image"), n)),
        new("breaker", KeyPlaces.Everywhere, """{"anyOf":[{"const":false},{"const":"off"},{"type":"object","additionalProperties":false,"properties":{"failures":{"type":"integer","minimum":1,"maximum":1000},"window":{"$ref":"#/$defs/duration"},"open_for":{"$ref":"#/$defs/duration"}}}]}""", "holds the class when it keeps failing; on by default for agents", RetryReader.Breaker),
        new("expected", KeyPlaces.Everywhere, Duration, "expected duration, for the order of starts", (s, n, r) => s.Expected = r.Duration(n, "expected", zero: true)),
    ];

    public static FrozenDictionary<string, TaskKey> ByName { get; } = All.ToFrozenDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>What people bring from other tools, and how it is said here.</summary>
    private static FrozenDictionary<string, string> Hints { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["retry_on"] = "Write it inside retries: {max: 2, retry_on: [timed_out]}.",
        ["backoff"] = "Write it inside retries: {max: 2, backoff: {base: 1s, cap: 1m}}.",
        ["command"] = "Did you mean run?",
        ["cmd"] = "Did you mean run?",
        ["script"] = "Did you mean run?",
        ["depends_on"] = "Did you mean needs?",
        ["depends"] = "Did you mean needs?",
        ["if"] = "Did you mean when?",
        ["dir"] = "Did you mean cwd?",
        ["working_dir"] = "Did you mean cwd?",
        ["environment"] = "Did you mean env?",
        ["mem"] = "Did you mean memory?",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the keys of a mapping that are allowed in a place; <paramref name="extra"/> are read by the caller.</summary>
    public static void Read(TaskSettings settings, IReadOnlyList<NodeEntry> entries, KeyPlaces place, Scalars scalars, string where, params ReadOnlySpan<string> extra)
    {
        foreach (NodeEntry entry in entries)
        {
            if (extra.Contains(entry.Key.Text))
            {
                continue;
            }

            if (!ByName.TryGetValue(entry.Key.Text, out TaskKey? key))
            {
                string[] known = [.. All.Where(one => one.Places.HasFlag(place)).Select(one => one.Name), .. extra];
                scalars.UnknownKey(entry.Key, where, known, Hints.GetValueOrDefault(entry.Key.Text));
            }
            else if (!key.Places.HasFlag(place))
            {
                scalars.Diagnostics.Error(entry.Key, $"{key.Name} cannot be written in {where}", "Write it at each task.");
            }
            else
            {
                key.Read(settings, entry.Value, scalars);
            }
        }
    }

    private static Node? Refuse(TaskSettings settings)
    {
        settings.WorkRefused = true;
        return null;
    }

    private static List<Node> NameList(Node node, string what, Scalars scalars) =>
        [.. scalars.OneOrMore(node, what).Where(item => scalars.Text(item, $"an item of {what}") is not null)];
}
