namespace Plimsoll.Plans.Compiling;

/// <summary>The keys at the top of a plan, with their JSON Schema.</summary>
internal static class PlanKeys
{
    public static readonly (string Name, string Schema, string Description)[] All =
    [
        ("name", """{"type":"string","minLength":1}""", "name of the run; the file name by default"),
        ("defaults", """{"$ref":"#/$defs/defaults"}""", "keys every task inherits unless it writes them itself"),
        ("concurrency", """{"$ref":"#/$defs/concurrency"}""", "how many tasks may run at once"),
        ("locks", """{"type":"object","additionalProperties":{"type":"integer","minimum":1}}""", "units of counted locks"),
        ("limits", """{"type":"object","additionalProperties":{"$ref":"#/$defs/limit"}}""", "limits of services outside, besides those of the configuration"),
        ("params", """{"type":"object","additionalProperties":{"type":["string","number","boolean"]}}""", "values for the texts of all tasks"),
        ("tasks", """{"anyOf":[{"type":"object","additionalProperties":{"$ref":"#/$defs/task"}},{"type":"array","items":{"$ref":"#/$defs/task_with_id"}}]}""", "the tasks: a mapping by id, or a list with id"),
    ];

    public static string[] Names { get; } = [.. All.Select(key => key.Name)];
}
