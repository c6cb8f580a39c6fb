using System.Collections.Immutable;
using Plimsoll.Plans.Gateways;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Agents;

/// <summary>Reads <c>agents:</c> of the configuration: changes built-in adapters and declares others.</summary>
internal static class AgentReader
{
    public static readonly string[] Keys = ["command", "args", "env", "class", "permissions", "model", "base_url", "gateway", "max_concurrent", "capabilities"];

    private static readonly string[] PermissionWords = ["accept_edits", "bypass"];

    /// <summary>The adapter as written, or null when it cannot be used.</summary>
    public static AgentAdapter? Read(string name, Node node, Scalars scalars)
    {
        AgentAdapter? known = AgentCatalog.BuiltIn.GetValueOrDefault(name);
        AgentAdapter adapter = known ?? new AgentAdapter(name, "", "agent:" + name, [], [], [], null, "declared in the configuration");
        ImmutableArray<string> extra = [];
        string? baseUrl = null;
        foreach (NodeEntry entry in scalars.Mapping(node, $"agent {name}"))
        {
            switch (entry.Key.Text)
            {
                case "command":
                    adapter = Command(adapter, entry.Value, scalars);
                    break;
                case "args":
                    extra = Texts(entry.Value, "args", scalars);
                    break;
                case "env":
                    adapter = adapter with { Environment = adapter.Environment.SetItems(Variables(entry.Value, scalars)) };
                    break;
                case "class":
                    adapter = adapter with { Class = scalars.Text(entry.Value, "class") ?? adapter.Class };
                    break;
                case "permissions":
                    bool bypass = scalars.Choice(entry.Value, "permissions", PermissionWords) == "bypass";
                    adapter = adapter with { Permissions = bypass ? AgentPermissions.Bypass : AgentPermissions.AcceptEdits };
                    break;
                case "model":
                    adapter = adapter with { Model = scalars.Text(entry.Value, "model") };
                    break;
                case "max_concurrent":
                    adapter = adapter with { MaxConcurrent = scalars.Integer(entry.Value, "max_concurrent", 1, 1024) };
                    break;
                case "capabilities":
                    adapter = adapter with { Capabilities = Texts(entry.Value, "capabilities", scalars) };
                    break;
                case "gateway":
                    adapter = adapter with { Gateway = GatewayWish.Read(entry.Value, scalars) };
                    break;
                case "base_url":
                    baseUrl = scalars.Text(entry.Value, "base_url");
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "an agent", Keys);
                    break;
            }
        }

        return Finish(adapter, node, extra, baseUrl, scalars);
    }

    private static AgentAdapter? Finish(AgentAdapter adapter, Node node, ImmutableArray<string> extra, string? baseUrl, Scalars scalars)
    {
        if (adapter.Command.IsEmpty)
        {
            scalars.Diagnostics.Error(node, adapter.Name, "the agent has no command", "Add command: [program, argument, \"{{prompt}}\"].");
            return null;
        }

        if (baseUrl is not null)
        {
            if (adapter.BaseUrlVariable is not { } variable)
            {
                scalars.Diagnostics.Error(node, baseUrl, $"agent {adapter.Name} has no variable for base_url", "Set the variable it reads under env:.");
                return null;
            }

            adapter = adapter with { Environment = adapter.Environment.SetItem(variable, baseUrl) };
        }

        return extra.IsEmpty ? adapter : adapter with { Command = Insert(adapter.Command, extra) };
    }

    // Options must stand before a -- and before the prompt.
    private static ImmutableArray<string> Insert(ImmutableArray<string> command, ImmutableArray<string> extra)
    {
        int at = command.IndexOf("--");
        if (at < 0)
        {
            at = command.TakeWhile(argument => !argument.Contains(AgentCommand.Prompt, StringComparison.Ordinal)).Count();
        }

        return command.InsertRange(at, extra);
    }

    private static AgentAdapter Command(AgentAdapter adapter, Node node, Scalars scalars)
    {
        ImmutableArray<string> command = node.Kind == NodeKind.Scalar ? [.. node.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : Texts(node, "command", scalars);
        if (command.IsEmpty)
        {
            return adapter;
        }

        // A program alone only says where a known agent is; otherwise the prompt goes last, behind --.
        if (command.Length == 1 && !adapter.Command.IsEmpty)
        {
            return adapter with { Executable = command[0], Command = adapter.Command.SetItem(0, command[0]) };
        }

        bool hasPrompt = command.Any(argument => argument.Contains(AgentCommand.Prompt, StringComparison.Ordinal));
        return adapter with { Executable = command[0], Command = hasPrompt ? command : command.AddRange("--", AgentCommand.Prompt) };
    }

    private static ImmutableArray<string> Texts(Node node, string what, Scalars scalars) =>
        [.. scalars.OneOrMore(node, what).Select(item => scalars.Text(item, $"an item of {what}")).OfType<string>()];

    private static IEnumerable<KeyValuePair<string, string>> Variables(Node node, Scalars scalars)
    {
        TaskSettings settings = new() { At = node };
        WorkReader.Environment(settings, node, scalars);
        return settings.Environment!.Select(entry =>
            KeyValuePair.Create(entry.Name, entry.From is { } from ? AgentAdapter.FromPrefix + from : entry.Text!.Text));
    }
}
