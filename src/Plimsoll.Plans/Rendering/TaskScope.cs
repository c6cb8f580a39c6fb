using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans.Conditions;
using Plimsoll.Plans.Mapping;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Rendering;

/// <summary>The values one task sees at one start; the first that is missing is kept as the error.</summary>
internal sealed class TaskScope(RenderScope shared, TaskTemplateModel template, string? binding, ITaskValues values)
{
    private readonly Dictionary<string, JsonElement> bindings = Bindings(binding);

    public string? Error { get; private set; }

    /// <summary>The text with its values inserted; they are inserted as they are and never read again.</summary>
    public string Text(TextTemplate text) => Text(text, inParameters: false);

    public string Value(Reference reference) => Value(reference, inParameters: false);

    /// <summary>Like <see cref="Value(Reference)"/>, but a missing output is the empty text.</summary>
    public string ValueForCondition(Reference reference) => reference.Kind == ReferenceKind.Output
        ? string.Join('\n', Members(reference.Name).Select(member => values.Output(member, reference.Key) ?? ""))
        : Value(reference, inParameters: true);

    private static Dictionary<string, JsonElement> Bindings(string? binding)
    {
        Dictionary<string, JsonElement> read = new(StringComparer.Ordinal);
        if (binding is not null)
        {
            using JsonDocument json = JsonDocument.Parse(binding);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                read[property.Name] = property.Value.Clone();
            }
        }

        return read;
    }

    private string Text(TextTemplate text, bool inParameters)
    {
        if (text.Constant is { } constant)
        {
            return constant;
        }

        StringBuilder builder = new();
        foreach (TextPart part in text.Parts)
        {
            builder.Append(part.Reference is { } reference ? Value(reference, inParameters) : part.Literal);
        }

        return builder.ToString();
    }

    private string Value(Reference reference, bool inParameters)
    {
        switch (reference.Kind)
        {
            case ReferenceKind.Executable:
                return shared.Executable;
            case ReferenceKind.Output:
                return string.Join('\n', Members(reference.Name).Select(member => values.Output(member, reference.Key) ?? Missing(member, reference.Key)));
            case ReferenceKind.Outcome:
                return Outcome(reference.Name);
            default:
                return Named(reference.Name, inParameters);
        }
    }

    // Parameters see the task, not each other; a prompt is written in the template and sees its parameters.
    private string Named(string name, bool inParameters)
    {
        if (!inParameters && template.Params.TryGetValue(name, out TextTemplate? parameter))
        {
            return Text(parameter, inParameters: name != DocumentFields.Prompt);
        }

        if (bindings.TryGetValue(name, out JsonElement bound))
        {
            return bound.ValueKind == JsonValueKind.String ? bound.GetString()! : bound.GetRawText();
        }

        if (name.StartsWith("map.", StringComparison.Ordinal) && bindings.TryGetValue(DocumentFields.MapItem, out JsonElement item))
        {
            return MapPlaceholder.Apply(name, item.GetString()!);
        }

        if (shared.Values.TryGetValue(name, out string? value))
        {
            return value;
        }

        Error ??= $"there is no value named {name}";
        return "";
    }

    private string Missing(string member, string key)
    {
        Error ??= $"{member} wrote no output {key}; it must write a line {key}=value to $PLIMSOLL_OUTPUT";
        return "";
    }

    // Of several members: succeeded when all did, otherwise the first that did not.
    private string Outcome(string name)
    {
        TaskState? outcome = null;
        foreach (string member in Members(name))
        {
            outcome = values.Outcome(member);
            if (outcome != TaskState.Succeeded)
            {
                break;
            }
        }

        return Condition.WordFor(outcome);
    }

    private ImmutableArray<string> Members(string name) =>
        bindings.TryGetValue("@" + name, out JsonElement resolved) ? RenderScope.Strings(resolved)
        : shared.Groups.TryGetValue(name, out ImmutableArray<string> group) ? group
        : [name];
}
