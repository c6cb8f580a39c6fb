using System.Buffers;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Compiling;

/// <summary>The footprint class of a task that names none: stable from run to run.</summary>
internal static class WorkClass
{
    private static readonly SearchValues<char> Special = SearchValues.Create("'\"`$\\{}");

    public static string Of(TaskDraft draft, PlimsollConfiguration configuration)
    {
        TaskSettings settings = draft.Settings;
        return settings switch
        {
            { Class: { } written } => written,
            { Template: { } template } => "template:" + template.Text,
            { Agent: { } agent } => configuration.Agents.TryGetValue(agent.Text, out Agents.AgentAdapter? adapter) ? adapter.Class : "agent:" + agent.Text,
            { Noop: not null } => "noop",
            { Run: { Kind: NodeKind.List } argv } => OfCommand(argv.Items[0].Text),
            { Run: { } line } => OfLine(line.Text),
            _ => "llm",
        };
    }

    /// <summary>The file name of a program.</summary>
    public static string OfCommand(string program) =>
        program.Contains(TextTemplate.Open, StringComparison.Ordinal) || program.Length == 0
            ? "command"
            : Printable.Shorten(program[(program.TrimEnd('/').LastIndexOf('/') + 1)..], 100);

    /// <summary>The first word of a shell line that is a command and not an assignment.</summary>
    public static string OfLine(string line)
    {
        foreach (string word in line.Split([' ', '\t', '\n', ';', '|', '&', '(', ')', '<', '>'], 20, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!word.Contains('='))
            {
                return word.AsSpan().ContainsAny(Special) ? "shell" : OfCommand(word);
            }
        }

        return "shell";
    }
}
