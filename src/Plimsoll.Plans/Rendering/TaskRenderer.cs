using System.Text.Json;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Rendering;

/// <summary>Renders the tasks of one block; made once per <see cref="RunDocument"/>, then safe for any number of threads.</summary>
public sealed class TaskRenderer
{
    // execve refuses single strings of 32 pages (MAX_ARG_STRLEN), with their NUL.
    private const int LongestArgument = (128 * 1024) - 1;

    private readonly RunDocument document;
    private readonly TaskTemplateModel[] templates;
    private readonly RenderScope scope;

    private TaskRenderer(RunDocument document, TaskTemplateModel[] templates, RenderScope scope)
    {
        this.document = document;
        this.templates = templates;
        this.scope = scope;
    }

    /// <summary>Reads the document once.</summary>
    /// <param name="executable">Path of the own executable, inserted where a synthetic task runs <c>plimsoll burn</c>.</param>
    /// <exception cref="FormatException">The document was not made by this or an older version.</exception>
    public static TaskRenderer Create(RunDocument document, string executable)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            using JsonDocument json = JsonDocument.Parse(document.Plan);
            JsonElement root = json.RootElement;
            int version = root.GetProperty(DocumentFields.VersionField).GetInt32();
            if (version > DocumentFields.Version)
            {
                throw new FormatException($"The plan of this run has format {version}; this Plimsoll knows formats up to {DocumentFields.Version}. Use the version that started the run.");
            }

            TaskTemplateModel[] read = [.. root.GetProperty(DocumentFields.Templates).EnumerateArray().Select(TaskTemplateModel.Read)];
            return new TaskRenderer(document, read, RenderScope.Read(root, executable));
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The plan kept with this run cannot be read: {damaged.Message}", damaged);
        }
    }

    /// <summary>What the task executes now; cheap (about 1 us) for no-op work and constant commands.</summary>
    public RenderResult Render(int indexInBlock, string taskName, ITaskValues values)
    {
        TaskTemplateModel template = templates[document.TemplateOf[indexInBlock]];
        if (template.Constant is { } constant)
        {
            return new RenderResult(constant, null);
        }

        TaskScope task = new(scope, template, document.Bindings[indexInBlock], values);
        RenderedTask rendered = template.Render(task);
        string? error = task.Error ?? FindUnusable(rendered);
        return error is null ? new RenderResult(rendered, null) : new RenderResult(null, $"{taskName}: {error}");
    }

    /// <summary>Whether the <c>when:</c> of the task holds; true when it has none.</summary>
    public ConditionResult EvaluateCondition(int indexInBlock, string taskName, ITaskValues values)
    {
        TaskTemplateModel template = templates[document.TemplateOf[indexInBlock]];
        if (template.When is not { } condition)
        {
            return new ConditionResult(true, null);
        }

        TaskScope task = new(scope, template, document.Bindings[indexInBlock], values);
        List<string> seen = [];
        bool holds = condition.Evaluate(reference => Note(seen, reference, task.ValueForCondition(reference)));
        return new ConditionResult(holds, holds ? null : $"{taskName}: {condition.Text} is false ({string.Join(", ", seen)})");
    }

    /// <summary>True when at least one template wants a worktree of its own.</summary>
    public bool AnyWorktree => Array.Exists(templates, template => template.IsWorktree);

    /// <summary>False for in-process work.</summary>
    public bool IsProcess(int indexInBlock) => !templates[document.TemplateOf[indexInBlock]].IsNoop;

    /// <summary>Keys the task promises to write to <c>$PLIMSOLL_OUTPUT</c>.</summary>
    public IReadOnlyList<string> DeclaredOutputs(int indexInBlock) => templates[document.TemplateOf[indexInBlock]].DeclaredOutputs;

    /// <summary>Name of the configured template a submitted task was made from; null when it was written out.</summary>
    public string? TemplateNameOf(int indexInBlock) => templates[document.TemplateOf[indexInBlock]].Name;

    /// <summary>Name of the agent the task is for; null when it is for none.</summary>
    public string? AgentOf(int indexInBlock) => templates[document.TemplateOf[indexInBlock]].Agent;

    /// <summary>Values of the task's parameters and matrix, a JSON object; null when it has none.</summary>
    public string? BindingOf(int indexInBlock) => document.Bindings[indexInBlock];

    /// <summary>What the task would execute, for people, in one line: values that are not known yet stay as written.</summary>
    public string Describe(int indexInBlock, string taskName)
    {
        TaskTemplateModel template = templates[document.TemplateOf[indexInBlock]];
        string text = template.Describe(new TaskScope(scope, template, document.Bindings[indexInBlock], UnknownValues.Instance));
        return text.Length > 0 ? Reading.Printable.Escape(text) : taskName;
    }

    private static string Note(List<string> seen, Reference reference, string value)
    {
        seen.Add($"{reference} = '{Reading.Printable.Shorten(value, 60)}'");
        return value;
    }

    private static string? FindUnusable(RenderedTask rendered)
    {
        foreach (string argument in rendered.Arguments)
        {
            if (Unusable(argument, "an argument") is { } reason)
            {
                return reason;
            }
        }

        foreach (EnvironmentEntry entry in rendered.Environment)
        {
            if (Unusable(entry.Value ?? "", entry.Name.StartsWith(ShellLine.Prefix, StringComparison.Ordinal) ? "a value" : $"the variable {entry.Name}") is { } reason)
            {
                return reason;
            }
        }

        return Unusable(rendered.WorkingFolder ?? "", "cwd");
    }

    private static string? Unusable(string text, string what)
    {
        if (text.Contains('\0'))
        {
            return $"{what} holds a NUL byte, which no program can be given; let the task that wrote it leave it out";
        }

        int length = text.Length > LongestArgument / 3 ? System.Text.Encoding.UTF8.GetByteCount(text) : text.Length;
        return length > LongestArgument ? $"{what} has {length} bytes, and the system takes at most {LongestArgument}; hand it over in a file" : null;
    }
}
