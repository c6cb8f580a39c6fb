using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Rendering;
using Plimsoll.Plans.Tasks;
using Plimsoll.Plans.Text;

namespace Plimsoll.Plans.Agents;

/// <summary>Puts the command line of an agent together; the prompt stays a reference that is filled at start.</summary>
internal static class AgentCommand
{
    public const string Prompt = "{{prompt}}";
    public const string Model = "{{model}}";
    public const string Permissions = "{{permissions}}";

    /// <summary>Argv as texts: an argument that is <c>{{permissions}}</c> becomes those of the permissions, one with <c>{{model}}</c> is left out without a model.</summary>
    public static IEnumerable<string> Build(AgentAdapter adapter)
    {
        foreach (string argument in adapter.Command)
        {
            if (argument == Permissions)
            {
                foreach (string permission in adapter.Permissions == AgentPermissions.Bypass ? adapter.BypassArguments : adapter.EditArguments)
                {
                    yield return TextTemplate.Escape(permission);
                }
            }
            else if (adapter.Model is not null || !argument.Contains(Model, StringComparison.Ordinal))
            {
                yield return string.Join(
                    "{{" + DocumentFields.Prompt + "}}",
                    argument.Replace(Model, adapter.Model, StringComparison.Ordinal).Split(Prompt).Select(TextTemplate.Escape));
            }
        }
    }

    public static IEnumerable<EnvironmentSetting> Environment(AgentAdapter adapter)
    {
        IEnumerable<KeyValuePair<string, string>> edits = adapter.Permissions == AgentPermissions.AcceptEdits
            ? adapter.EditEnvironment.Where(entry => !adapter.Environment.ContainsKey(entry.Key))
            : [];
        foreach ((string name, string value) in edits.Concat(adapter.Environment))
        {
            bool from = value.StartsWith(AgentAdapter.FromPrefix, StringComparison.Ordinal);
            yield return from
                ? new EnvironmentSetting(name, null, value[AgentAdapter.FromPrefix.Length..])
                : new EnvironmentSetting(name, Node.Scalar("", TextTemplate.Escape(value)), null);
        }
    }
}
