using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Plans.Messages;

/// <summary>What a mention of an agent executes: its template, or the agent with the message as its prompt.</summary>
/// <remarks>The text of a message is a parameter: it is inserted as it is, never read as a template, and never part of a shell line unquoted.</remarks>
public static class MentionWork
{
    public const string Text = "text";
    public const string Channel = "channel";
    public const string Author = "author";

    /// <summary>Parameters that a message gives.</summary>
    public static ImmutableArray<string> Parameters { get; } = [Text, Channel, Author];

    /// <summary>Compiles; null and everything that is wrong when it cannot be used.</summary>
    public static SubmittedWork? Compile(string name, PlimsollConfiguration configuration, out ImmutableArray<PlanDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string quoted = $"\"{JsonEncodedText.Encode(name)}\"";
        if (!configuration.Templates.ContainsKey(name))
        {
            var found = new DiagnosticBag();
            Node node = NodeReader.Read("channels", $$$"""{"params":["{{{Text}}}"],"agent":{{{quoted}}},"prompt":"{{{{{Text}}}}}"}""", PlanFormat.Json, found)!;
            configuration = configuration with { Templates = configuration.Templates.SetItem(name, TaskTemplate.Read(name, node, new Scalars(found))) };
        }

        return SubmissionCompiler.Compile($$"""{"template":{{quoted}}}""", configuration, out diagnostics);
    }
}
