using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Plans.Submissions;

/// <summary>Compiles the definition of a single task: the keys of a plan's task, as a JSON object.</summary>
public static class SubmissionCompiler
{
    private const string Id = "task";
    private const string File = "task";

    /// <summary>Compiles; returns null and everything that is wrong when it cannot be used. Never throws for any text.</summary>
    /// <param name="definition">A JSON object with the keys of a task; <c>template</c> without <c>params</c>, which come with each task.</param>
    public static SubmittedWork? Compile(string definition, PlimsollConfiguration configuration, out ImmutableArray<PlanDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(configuration);
        TaskTemplate? template = TemplateOf(definition, configuration);
        CompileResult compiled = PlanCompiler.Compile(new PlanSource(File, Plan(definition, template), PlanFormat.Json), configuration);
        diagnostics = [.. compiled.Diagnostics.Select(static found => found with { Line = Math.Max(1, found.Line - 1) })];
        if (compiled.Plan is not { } plan)
        {
            return null;
        }

        if (plan.Block.Count != 1)
        {
            diagnostics = [new(PlanSeverity.Error, File, 1, 1, $"{plan.Block.Count} tasks", "a matrix makes several tasks, and this submits one", "Submit a plan, or each task by itself.")];
            return null;
        }

        JsonObject written = JsonNode.Parse(plan.Document.Plan.Span)![DocumentFields.Templates]![0]!.AsObject();
        KeepPrompt(written);
        if (template is not null)
        {
            written[DocumentFields.TemplateName] = template.Name;
        }

        return new SubmittedWork(definition, template?.Name ?? written[DocumentFields.Agent]?.GetValue<string>() ?? Short(plan.Block.Shapes[0].Class), plan.Block.Shapes[0], plan.Block.Policies[0], Encoding.UTF8.GetBytes(written.ToJsonString()))
        {
            Priority = plan.Block.Priority[0],
            TemplateName = template?.Name,
            IsConditional = plan.Block.Conditional.Length > 0,
            UsesWorktree = written.ContainsKey(DocumentFields.Worktree),
            Parameters = template?.Parameters.ToImmutableSortedDictionary(static one => one.Key, static one => one.Value?.Text, StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string?>.Empty,
        };
    }

    private static TaskTemplate? TemplateOf(string definition, PlimsollConfiguration configuration)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(definition);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("template", out JsonElement name) && name.ValueKind == JsonValueKind.String
                ? configuration.Templates.GetValueOrDefault(name.GetString()!)
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // The compiler says what is wrong with it.
        }
    }

    // The definition keeps its lines and columns: the plan around it begins on a line of its own.
    private static string Plan(string definition, TaskTemplate? template)
    {
        int open = definition.IndexOf('{', StringComparison.Ordinal);
        int close = definition.LastIndexOf('}');
        if (open < 0 || close < open)
        {
            return $"{{\"tasks\":[\n{definition}\n]}}";
        }

        StringBuilder plan = new("{\"tasks\":[{\"id\":\"" + Id + "\",\n");
        plan.Append(definition, 0, open).Append(' ').Append(definition, open + 1, close - open - 1);
        if (template is not null && template.Parameters.Any(static one => one.Value is null))
        {
            string separator = definition.AsSpan(open + 1, close - open - 1).IsWhiteSpace() ? "" : ",";
            plan.Append(separator).Append("\"params\":{").AppendJoin(',', template.Parameters.Where(static one => one.Value is null).Select(static one => $"\"{one.Key}\":\"value\"")).Append('}');
        }

        return plan.Append("}]").Append(definition, close, definition.Length - close).ToString();
    }

    /// <summary>Takes out the values of parameters: they come with each task.</summary>
    private static void KeepPrompt(JsonObject template)
    {
        if (template[DocumentFields.Params] is JsonObject parameters)
        {
            foreach (string name in parameters.Select(static one => one.Key).Where(static name => name != DocumentFields.Prompt).ToList())
            {
                parameters.Remove(name);
            }
        }
    }

    private static string Short(string taskClass) => Printable.Shorten(taskClass.Split(':', 2)[^1].Split('/')[^1].Split(' ')[0], 40) is { Length: > 0 } name ? name : Id;
}
