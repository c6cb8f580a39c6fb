using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Conditions;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Rendering;

/// <summary>A template of a run document, parsed once.</summary>
internal sealed class TaskTemplateModel
{
    private readonly ShellLine? line;
    private readonly ImmutableArray<TextTemplate> arguments;
    private readonly ImmutableArray<(string Name, TextTemplate? Text, string? From)> environment;
    private readonly TextTemplate? workingFolder;
    private readonly RenderedTask fixedParts;
    private readonly ModelCallTemplate? call;

    private TaskTemplateModel(JsonElement json)
    {
        line = Optional(json, DocumentFields.Shell) is { } shell ? ShellLine.Create(Parse(shell)) : null;
        arguments = json.TryGetProperty(DocumentFields.Argv, out JsonElement argv) ? [.. RenderScope.Strings(argv).Select(Parse)] : [];
        environment = json.TryGetProperty(DocumentFields.Environment, out JsonElement variables) ? [.. variables.EnumerateObject().Select(Variable)] : [];
        workingFolder = Optional(json, DocumentFields.WorkingFolder) is { } folder ? Parse(folder) : null;
        Params = json.TryGetProperty(DocumentFields.Params, out JsonElement parameters)
            ? parameters.EnumerateObject().ToFrozenDictionary(one => one.Name, one => Parse(one.Value.GetString()!), StringComparer.Ordinal)
            : FrozenDictionary<string, TextTemplate>.Empty;
        Name = Optional(json, DocumentFields.TemplateName);
        When = Optional(json, DocumentFields.When) is { } condition
            ? ConditionParser.TryParse(condition, out _) ?? throw new FormatException($"The condition {condition} cannot be read.")
            : null;
        fixedParts = new RenderedTask(
            [],
            json.TryGetProperty(DocumentFields.NoopTicks, out JsonElement ticks) ? TimeSpan.FromTicks(ticks.GetInt64()) : null,
            [],
            null,
            json.TryGetProperty(DocumentFields.Worktree, out _) ? WorkspaceKind.Worktree : WorkspaceKind.Shared,
            json.TryGetProperty(DocumentFields.MemoryLimit, out JsonElement limit) ? new Bytes(limit.GetInt64()) : null,
            json.TryGetProperty(DocumentFields.Outputs, out JsonElement outputs) ? RenderScope.Strings(outputs) : [],
            Optional(json, DocumentFields.Agent),
            Optional(json, DocumentFields.Isolation) ?? "auto")
        {
            Image = Optional(json, DocumentFields.Image),
            Gateway = Optional(json, DocumentFields.Gateway) is { } wiring ? new GatewayDemand(GatewayWords.Parse(wiring), Optional(json, DocumentFields.GatewayRoute)) : null,
        };
        call = json.TryGetProperty(DocumentFields.Llm, out JsonElement llm) ? ModelCallTemplate.Read(llm) : null;
        Constant = IsConstant() ? Render(null) : null;
    }

    /// <summary>Name of the configured template a submitted task was made from; null when it was written out.</summary>
    public string? Name { get; }

    public FrozenDictionary<string, TextTemplate> Params { get; }

    public Condition? When { get; }

    /// <summary>The rendered task when nothing in it depends on values, otherwise null.</summary>
    public RenderedTask? Constant { get; }

    /// <summary>The agent it is for; null when it is for none.</summary>
    public string? Agent => fixedParts.Agent;

    public ImmutableArray<string> DeclaredOutputs => fixedParts.DeclaredOutputs;

    public bool IsNoop => fixedParts.IsNoop;

    public bool IsWorktree => fixedParts.Workspace == WorkspaceKind.Worktree;

    public static TaskTemplateModel Read(JsonElement json) => new(json);

    public RenderedTask Render(TaskScope? scope)
    {
        ImmutableArray<EnvironmentEntry>.Builder entries = ImmutableArray.CreateBuilder<EnvironmentEntry>();
        foreach ((string name, TextTemplate? text, string? from) in environment)
        {
            entries.Add(new EnvironmentEntry(name, text is null ? null : Text(scope, text), from));
        }

        ImmutableArray<string> argv = line is null ? [.. arguments.Select(argument => Argument(scope, argument))] : Shell(scope, line, entries);
        return fixedParts with
        {
            Arguments = argv,
            Environment = entries.ToImmutable(),
            WorkingFolder = workingFolder is null ? null : Text(scope, workingFolder),
            Call = call?.Render(text => Text(scope, text)),
        };
    }

    /// <summary>The command as somebody would type it.</summary>
    public string Describe(TaskScope scope)
    {
        if (fixedParts.Duration is { } duration)
        {
            return "noop " + Durations.Format(duration);
        }

        if (call is not null)
        {
            return "llm " + call.Describe(text => Text(scope, text));
        }

        return line is null
            ? string.Join(' ', arguments.Select(argument => ShellWord.Quote(Argument(scope, argument))))
            : line.Describe(scope.Value);
    }

    private static ImmutableArray<string> Shell(TaskScope? scope, ShellLine line, ImmutableArray<EnvironmentEntry>.Builder entries)
    {
        foreach ((string variable, Reference reference) in line.Values)
        {
            entries.Add(new EnvironmentEntry(variable, scope!.Value(reference), null));
        }

        string script = string.Concat(line.Parts.Select(part => part.Reference is { } raw ? scope!.Value(raw) : part.Literal));

        // sh takes a script that begins with a sign for options.
        return ["/bin/sh", "-c", script.StartsWith('-') || script.StartsWith('+') ? " " + script : script, "sh"];
    }

    private static string Text(TaskScope? scope, TextTemplate text) => text.Constant ?? scope!.Text(text);

    internal static TextTemplate Parse(string text) => TextTemplate.TryParse(text, out TextTemplate template, out TextError error)
        ? template
        : throw new FormatException($"The text {error.Value} cannot be read: {error.Message}.");

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static (string Name, TextTemplate? Text, string? From) Variable(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Object
            ? (property.Name, null, property.Value.GetProperty(DocumentFields.From).GetString())
            : (property.Name, Parse(property.Value.GetString()!), null);

    private string Argument(TaskScope? scope, TextTemplate argument)
    {
        string text = Text(scope, argument);

        // Several agents read standard input when their prompt is a single dash.
        bool isPrompt = fixedParts.Agent is not null && argument.Parts is [{ Reference.Name: DocumentFields.Prompt }];
        return isPrompt && text == "-" ? " -" : text;
    }

    private bool IsConstant() =>
        (line is null || (line.Values.Length == 0 && line.Parts.All(part => part.Reference is null)))
        && arguments.All(argument => argument.Constant is not null)
        && environment.All(entry => entry.Text is null || entry.Text.Constant is not null)
        && (call is null || call.IsConstant)
        && (workingFolder is null || workingFolder.Constant is not null);
}
