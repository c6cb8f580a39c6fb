using System.Text;
using Plimsoll.Client.Projects;
using Plimsoll.Plans.Agents;

namespace Plimsoll.Daemon.Projects;

/// <summary>The coding agents on this machine.</summary>
internal static class FoundAgents
{
    public static IReadOnlyList<FoundAgentView> OnPath()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<FoundAgentView>();
        foreach (AgentAdapter adapter in AgentCatalog.BuiltIn.Values.OrderBy(adapter => adapter.Name, StringComparer.Ordinal))
        {
            string? path = folders.Select(folder => Path.Combine(folder, adapter.Executable)).FirstOrDefault(File.Exists);
            if (path is not null)
            {
                found.Add(new FoundAgentView(adapter.Name, string.Join(' ', adapter.Command), path));
            }
        }

        return found;
    }

    /// <summary>Commented entries: the built-in adapters need none, but this is where people look for what to change.</summary>
    public static string Configuration(IReadOnlyList<FoundAgentView> agents)
    {
        var text = new StringBuilder();
        foreach (FoundAgentView agent in agents)
        {
            text.Append("# found: ").Append(agent.Name).Append(" (").Append(agent.Path).Append("), started as: ").Append(agent.Command).Append('\n');
        }

        return text.ToString();
    }
}
