using System.Collections.Immutable;
using Plimsoll.Plans.Agents;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Looks once a minute whether the programs of the agents in use can be found.</summary>
/// <remarks>One caller. An agent is in use once a task of its class ran or was tried.</remarks>
internal sealed class AgentChecks(IReadOnlyCollection<AgentAdapter> agents, IReadOnlyDictionary<string, string> environment, string folder)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private DateTimeOffset? lookedAt;
    private int looked;
    private ImmutableArray<AgentReading> readings = [];

    /// <param name="classes">Classes that were seen.</param>
    public ImmutableArray<AgentReading> Read(DateTimeOffset at, IReadOnlySet<string> classes)
    {
        if (lookedAt is not { } before || at - before >= Period || at < before || looked != classes.Count)
        {
            (lookedAt, looked) = (at, classes.Count);
            readings = [.. agents.Where(agent => classes.Contains(agent.Class)).OrderBy(static agent => agent.Name, StringComparer.Ordinal)
                .Select(agent => new AgentReading(agent.Name, Problem(agent)))];
        }

        return readings;
    }

    private string? Problem(AgentAdapter agent)
    {
        string program = agent.Executable;
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(Path.Combine(folder, program)) ? null : $"there is no program {program}";
        }

        string path = environment.GetValueOrDefault("PATH") ?? "";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Any(part => File.Exists(Path.Combine(folder, part, program)))
            ? null
            : $"the program {program} is not on the PATH of the service";
    }
}
