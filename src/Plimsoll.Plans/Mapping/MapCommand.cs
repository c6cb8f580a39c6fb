using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Compiling;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Mapping;

/// <summary>The command of a map as a run document: argv, a shell line, or the prompt of an agent.</summary>
internal sealed record MapCommand(string Class, ReadOnlyMemory<byte> Document)
{
    /// <summary>What each task takes a place of: the quota of the provider its agent uses.</summary>
    public ImmutableArray<LockClaim> Claims { get; private init; } = [];

    private const string Origin = "command line";
    private const string Item = "{{" + DocumentFields.MapItem + "}}";

    public static MapCommand? Create(MapOptions options, PlimsollConfiguration configuration, DiagnosticBag diagnostics)
    {
        if (options.Command.IsDefaultOrEmpty || options.Command.All(argument => argument.Length == 0))
        {
            diagnostics.Error(Node.Scalar(Origin, ""), null, "map has no command", "Write it after --, for example: ls *.md | plimsoll map -- wc -l {}");
            return null;
        }

        if (options.Command.FirstOrDefault(argument => argument.Contains('\0')) is { } bad)
        {
            diagnostics.Error(Node.Scalar(Origin, bad), "an argument holds a NUL byte", "Remove it.");
            return null;
        }

        ImmutableArray<string> texts = [.. options.Command.Select(Reference)];
        if (!options.Command.Any(MapPlaceholder.OccursIn))
        {
            texts = texts.Add(Item);
        }

        return options.Agent is { } agent ? ForAgent(agent, texts, configuration, diagnostics)
            : options.Shell ? ForShell(string.Join(' ', texts), string.Join(' ', options.Command), diagnostics)
            : new MapCommand(WorkClass.OfCommand(options.Command[0]), Write(DocumentFields.Argv, texts));
    }

    private static MapCommand? ForShell(string line, string written, DiagnosticBag diagnostics)
    {
        bool good = TextTemplate.TryParse(line, out TextTemplate template, out _);
        foreach (TextError error in ShellLine.Check(template))
        {
            diagnostics.Error(Node.Scalar(Origin, written), error.Message, "Write the placeholder as a word of its own outside quotes.");
            good = false;
        }

        return good ? new MapCommand(WorkClass.OfLine(line), Write(DocumentFields.Shell, [], shell: line)) : null;
    }

    private static MapCommand? ForAgent(string name, ImmutableArray<string> prompt, PlimsollConfiguration configuration, DiagnosticBag diagnostics)
    {
        if (configuration.Agents.TryGetValue(name, out AgentAdapter? adapter))
        {
            GatewayUse? use = new GatewayRule(configuration, new Scalars(diagnostics)).Of(adapter);
            return new MapCommand(adapter.Class, Write(DocumentFields.Argv, AgentCommand.Build(adapter), adapter: adapter, prompt: string.Join(' ', prompt), gateway: use))
            {
                Claims = use is null ? [] : [use.Claim],
            };
        }

        diagnostics.Error(Node.Scalar(Origin, name), "unknown agent", Nearest.Cure(name, [.. configuration.Agents.Keys.Order(StringComparer.Ordinal)], "agent"));
        return null;
    }

    private static byte[] Write(string kind, IEnumerable<string> argv, string? shell = null, AgentAdapter? adapter = null, string? prompt = null, GatewayUse? gateway = null)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(DocumentFields.VersionField, DocumentFields.Version);
            json.WriteStartArray(DocumentFields.Templates);
            json.WriteStartObject();
            if (shell is not null)
            {
                json.WriteString(kind, shell);
            }
            else
            {
                DocumentWriter.WriteList(json, kind, argv);
            }

            if (adapter is not null)
            {
                json.WriteString(DocumentFields.Agent, adapter.Name);
                DocumentWriter.WriteTexts(json, DocumentFields.Params, [(DocumentFields.Prompt, prompt!)]);
                DocumentWriter.WriteEnvironment(json, [.. AgentCommand.Environment(adapter)]);
                DocumentWriter.WriteGateway(json, gateway);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Reference(string argument)
    {
        StringBuilder text = new();
        int at = 0;
        while (at < argument.Length)
        {
            (string Token, string Value) found = Array.Find(MapPlaceholder.All, one => argument.AsSpan(at).StartsWith(one.Token, StringComparison.Ordinal));
            if (found.Token is not null)
            {
                text.Append("{{").Append(found.Value).Append("}}");
                at += found.Token.Length;
            }
            else if (argument.AsSpan(at).StartsWith(TextTemplate.Open, StringComparison.Ordinal))
            {
                text.Append('\\').Append(TextTemplate.Open);
                at += TextTemplate.Open.Length;
            }
            else
            {
                text.Append(argument[at++]);
            }
        }

        return text.ToString();
    }
}
