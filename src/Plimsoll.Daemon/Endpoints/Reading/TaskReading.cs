using System.Text;
using System.Text.Json;
using Plimsoll.Client.Plans;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Turns the JSON of a submitted task into a submission; every error of a task is told at once.</summary>
internal static class TaskReading
{
    /// <summary>Name of the template that the simple form means.</summary>
    private const string DefaultTemplate = "default";

    private static readonly string DefaultDefinition = $$"""{"template":"{{DefaultTemplate}}"}""";

    /// <summary>The full form: the keys of a task in a plan, with <c>name</c>, <c>priority</c>, <c>params</c> and <c>idempotency_key</c>.</summary>
    /// <param name="definition">Room to work in.</param>
    public static Outcome<Submission> Full(JsonElement json, WorkCache works, string? key, DefinitionText definition)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return NoObject(json);
        }

        definition.Begin();
        JsonElement parameters = default;
        var fields = new TaskFields { Key = key };
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.NameEquals("params"))
            {
                parameters = property.Value;
            }
            else if (!fields.Take(property))
            {
                definition.Add(property);
            }
        }

        if (fields.Error is { } error)
        {
            return error;
        }

        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return Wrong("params", parameters, "params is an object with a value for each parameter", "Write {\"file\": \"a.cs\"}.");
        }

        definition.End();
        return works.Get(definition.Written).TryGet(out SubmittedWork? work, out Refusal? refusal)
            ? Bind(work, fields, parameters.ValueKind == JsonValueKind.Object ? [.. parameters.EnumerateObject()] : [])
            : refusal;
    }

    /// <summary>The simple form: fields that mean nothing else are parameters of the template named <c>default</c>, or of the one named.</summary>
    public static Outcome<Submission> Simple(JsonElement json, WorkCache works, string? key)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return NoObject(json);
        }

        string definition = DefaultDefinition;
        var parameters = new List<JsonProperty>();
        var fields = new TaskFields { Key = key };
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.NameEquals("template") && property.Value.ValueKind == JsonValueKind.String)
            {
                definition = $$"""{"template":{{property.Value.GetRawText()}}}""";
            }
            else if (!fields.Take(property))
            {
                parameters.Add(property);
            }
        }

        return fields.Error is { } error ? error
            : works.Get(definition).TryGet(out SubmittedWork? work, out Refusal? refusal) ? Bind(work, fields, [.. parameters])
            : refusal;
    }

    private static Outcome<Submission> Bind(SubmittedWork work, TaskFields fields, JsonProperty[] given)
    {
        List<DiagnosticView>? errors = null;
        foreach (JsonProperty parameter in given)
        {
            if (!work.Parameters.ContainsKey(parameter.Name))
            {
                string takes = work.TemplateName is { } name ? $"template {name} has no such parameter" : "params belong to a template";
                Add(ref errors, parameter.Name, takes, work.Parameters.IsEmpty ? "Leave it out." : Nearest.Cure(parameter.Name, [.. work.Parameters.Keys], "parameter"));
            }
            else if (parameter.Value.ValueKind == JsonValueKind.Null)
            {
                Add(ref errors, parameter.Name, "the parameter has no value", "Give it one, or leave it out where it has a default.");
            }
        }

        foreach ((string name, string? value) in work.Parameters)
        {
            if (value is null && !Array.Exists(given, one => one.NameEquals(name)))
            {
                Add(ref errors, name, $"template {work.TemplateName} needs the parameter {name}", $"Add it: \"{name}\": …");
            }
        }

        return errors is null
            ? new Submission(work, fields.Name, fields.Priority ?? work.Priority, work.Parameters.IsEmpty ? null : Binding(work, given), fields.EffectiveKey)
            : new Refusal(ExitCode.Invalid, "the task cannot be accepted as it is written", null, errors);
    }

    private static string Binding(SubmittedWork work, JsonProperty[] given)
    {
        var binding = new StringBuilder("{", 128);
        foreach ((string name, string? value) in work.Parameters)
        {
            int at = Array.FindLastIndex(given, one => one.NameEquals(name));
            binding.Append(binding.Length > 1 ? ",\"" : "\"").Append(name).Append("\":")
                .Append(at >= 0 ? given[at].Value.GetRawText() : JsonSerializer.Serialize(value, TextJsonContext.Default.String));
        }

        return binding.Append('}').ToString();
    }

    private static void Add(ref List<DiagnosticView>? errors, string value, string message, string cure) =>
        (errors ??= []).Add(new DiagnosticView("error", "task", 1, 1, value, message, cure));

    private static Refusal NoObject(JsonElement json) => Wrong("task", json, "a task is a JSON object", "Write {\"template\": \"review\", \"params\": {\"file\": \"a.cs\"}}.");

    internal static Refusal Wrong(string field, JsonElement found, string message, string cure)
    {
        string text = found.ValueKind == JsonValueKind.Undefined ? "" : found.GetRawText();
        string value = $"{field}: {(text.Length > 80 ? text[..80] + "…" : text)}";
        return new Refusal(ExitCode.Invalid, "the task cannot be accepted as it is written", null, [new DiagnosticView("error", "task", 1, 1, value, message, cure)]);
    }
}
