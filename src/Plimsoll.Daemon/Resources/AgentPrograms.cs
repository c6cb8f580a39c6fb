using Plimsoll.Daemon.Projects;
using Plimsoll.Plans.Agents;

namespace Plimsoll.Daemon.Resources;

/// <summary>Looks for the programs of agents.</summary>
internal static class AgentPrograms
{
    /// <summary>Why an agent cannot be started; null when its program is there.</summary>
    public static string? Problem(AgentAdapter agent, ProjectContext context)
    {
        string program = agent.Executable;
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(Path.Combine(context.Folder, program)) ? null : $"there is no program {program}";
        }

        string path = agent.Environment.GetValueOrDefault("PATH") ?? context.Environment.GetValueOrDefault("PATH") ?? "";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(context.Folder, folder, program)))
            ? null
            : $"there is no program {program} on the PATH of the service";
    }
}
