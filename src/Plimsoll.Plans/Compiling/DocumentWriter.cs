using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Core.Graphs;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>Writes what the tasks of a plan execute: one template per task as written, bindings per member of a matrix.</summary>
internal sealed class DocumentWriter(PlanDraft plan, MatrixExpansion expansion, PlimsollConfiguration configuration)
{
    // Bindings never reach HTML, so quotes and non-ASCII text stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public RunDocument Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber(DocumentFields.VersionField, DocumentFields.Version);
            WriteTexts(json, DocumentFields.Values, plan.Values.Select(value => (value.Key, value.Value.Text)));
            WriteGroups(json);
            json.WriteStartArray(DocumentFields.Templates);
            plan.Tasks.ForEach(draft => WriteTemplate(json, draft));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new RunDocument(buffer.WrittenMemory, expansion.DraftOf, Bindings());
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<(string Key, string Value)> texts)
    {
        bool open = false;
        foreach ((string key, string value) in texts)
        {
            if (!open)
            {
                json.WriteStartObject(name);
                open = true;
            }

            json.WriteString(key, value);
        }

        if (open)
        {
            json.WriteEndObject();
        }
    }

    public static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    public static void WriteEnvironment(Utf8JsonWriter json, IReadOnlyList<EnvironmentSetting> environment)
    {
        if (environment.Count == 0)
        {
            return;
        }

        json.WriteStartObject(DocumentFields.Environment);
        foreach (EnvironmentSetting entry in environment)
        {
            WriteVariable(json, entry.Name, entry.Text?.Text, entry.From);
        }

        json.WriteEndObject();
    }

    public static void WriteGateway(Utf8JsonWriter json, GatewayUse? use)
    {
        if (use is not null)
        {
            json.WriteString(DocumentFields.Gateway, GatewayWords.Of(use.Wiring));
            WriteOptional(json, DocumentFields.GatewayRoute, use.Route);
        }
    }

    private void WriteGroups(Utf8JsonWriter json)
    {
        json.WriteStartObject(DocumentFields.Groups);
        foreach (string id in plan.Tasks.SelectMany(draft => draft.Mentions).Distinct(StringComparer.Ordinal))
        {
            if (plan.ById.TryGetValue(id, out TaskDraft? group) && group.IsMatrix)
            {
                WriteList(json, id, Enumerable.Range(group.First, group.Count).Select(index => expansion.Names[index]));
            }
        }

        json.WriteEndObject();
    }

    private void WriteTemplate(Utf8JsonWriter json, TaskDraft draft)
    {
        TaskSettings settings = draft.Settings;
        json.WriteStartObject();
        WriteWork(json, draft);
        WriteEnvironment(json, settings.Environment ?? []);
        WriteOptional(json, DocumentFields.WorkingFolder, settings.WorkingFolder?.Text);
        WriteOptional(json, DocumentFields.When, settings.When?.Text);
        WriteOptional(json, DocumentFields.Isolation, IsolationCheck.KindOf(settings));
        WriteOptional(json, DocumentFields.Image, settings.Image);
        WriteGateway(json, draft.Gateway);
        if (settings.Workspace == WorkspaceKind.Worktree)
        {
            json.WriteBoolean(DocumentFields.Worktree, true);
        }

        if (settings.MemoryLimit is { } limit)
        {
            json.WriteNumber(DocumentFields.MemoryLimit, limit.Value);
        }

        if (settings.Outputs is { Length: > 0 } outputs)
        {
            WriteList(json, DocumentFields.Outputs, outputs);
        }

        json.WriteEndObject();
    }

    private void WriteWork(Utf8JsonWriter json, TaskDraft draft)
    {
        TaskSettings settings = draft.Settings;
        IEnumerable<(string, string)> parameters = Parameters(draft);
        if (settings.NoopDuration is { } duration)
        {
            json.WriteNumber(DocumentFields.NoopTicks, duration.Ticks);
        }
        else if (settings.Agent is { } name)
        {
            AgentAdapter adapter = configuration.Agents[name.Text];
            json.WriteString(DocumentFields.Agent, adapter.Name);
            WriteList(json, DocumentFields.Argv, AgentCommand.Build(adapter));
            parameters = parameters.Append((DocumentFields.Prompt, settings.Prompt!.Text));
        }
        else if (settings.Llm is not null)
        {
            WriteLlm(json, settings);
        }
        else if (settings.Run!.Kind == NodeKind.List)
        {
            WriteList(json, DocumentFields.Argv, settings.Run.Items.Select(item => item.Text));
        }
        else
        {
            json.WriteString(DocumentFields.Shell, settings.Run.Text);
        }

        WriteTexts(json, DocumentFields.Params, parameters);
        if (settings.Agent is { } agent)
        {
            AddAgentEnvironment(settings, configuration.Agents[agent.Text]);
        }
    }

    private static void WriteLlm(Utf8JsonWriter json, TaskSettings settings)
    {
        json.WriteStartObject(DocumentFields.Llm);
        json.WriteString(DocumentFields.Model, settings.LlmModel!.Text);
        json.WriteString(DocumentFields.LlmPrompt, settings.LlmPrompt!.Text);
        WriteOptional(json, DocumentFields.System, settings.LlmSystem?.Text);
        if (settings.LlmMaxTokens is { } most)
        {
            json.WriteNumber(DocumentFields.MaxTokens, most);
        }

        json.WriteEndObject();
    }

    // What the task writes itself wins over what its agent brings along.
    private static void AddAgentEnvironment(TaskSettings settings, AgentAdapter adapter)
    {
        TaskSettings carrier = new()
        {
            At = settings.At,
            Environment = [.. AgentCommand.Environment(adapter)],
        };
        settings.Inherit(carrier);
    }

    private static IEnumerable<(string, string)> Parameters(TaskDraft draft)
    {
        if (draft.Template is not { } template)
        {
            yield break;
        }

        foreach ((string name, Node? value) in template.Parameters)
        {
            NodeEntry given = (draft.Settings.Params ?? []).FirstOrDefault(entry => entry.Key.Text == name);
            yield return (name, (given.Value ?? value)!.Text);
        }
    }

    private static void WriteVariable(Utf8JsonWriter json, string name, string? text, string? from)
    {
        if (from is null)
        {
            json.WriteString(name, text);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString(DocumentFields.From, from);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private string?[] Bindings()
    {
        string?[] bindings = new string?[expansion.DraftOf.Length];
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, Options);
        foreach (TaskDraft draft in plan.Tasks)
        {
            if (!draft.IsMatrix && draft.Resolved.Count == 0)
            {
                continue;
            }

            for (int member = 0; member < draft.Count; member++)
            {
                buffer.ResetWrittenCount();
                json.Reset(buffer);
                WriteBinding(json, draft, member);
                json.Flush();
                bindings[draft.First + member] = Encoding.UTF8.GetString(buffer.WrittenSpan);
            }
        }

        return bindings;
    }

    private void WriteBinding(Utf8JsonWriter json, TaskDraft draft, int member)
    {
        json.WriteStartObject();
        for (int axis = 0; axis < (draft.Settings.Matrix?.Count ?? 0); axis++)
        {
            json.WriteString(draft.Settings.Matrix![axis].Key.Text, MatrixExpansion.ValueOf(draft, member, axis).Text);
        }

        foreach ((string mention, List<int>[] members) in draft.Resolved)
        {
            WriteList(json, "@" + mention, (members[member] ?? []).Select(index => expansion.Names[index]));
        }

        json.WriteEndObject();
    }
}
