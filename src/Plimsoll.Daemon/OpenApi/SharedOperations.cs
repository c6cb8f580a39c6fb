using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>What all tasks share: classes, locks, limits, nodes, agents, and whether anything starts.</summary>
internal static class SharedOperations
{
    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("GET", "/api/v1/classes", "classes", "Classes of tasks, by name: what was learned of them, and their circuit breakers.")
        {
            Query = [new("limit", "integer", "At most this many, 1 to 1000; 100 is usual."), new("after", "string", "next of the page before.")],
            Answer = ServiceJsonContext.Default.ClassPageView,
        },
        new("GET", "/api/v1/classes/{class}", "classes", "One class of tasks.") { Answer = ServiceJsonContext.Default.ClassStateView },
        new("GET", "/api/v1/locks", "locks", "Locks, limits of services outside and quotas, with who holds them and who waits.") { Query = [new("name", "string", "Of this name alone.")], Answer = ServiceJsonContext.Default.LockListView },
        new("GET", "/api/v1/limits", "limits", "The limits that all tasks share.") { Answer = ServiceJsonContext.Default.LimitsView },
        new("PATCH", "/api/v1/limits", "limits", "Retunes limits while tasks run; what runs keeps what it holds.") { Body = ServiceJsonContext.Default.LimitsChangeView, Answer = ServiceJsonContext.Default.LimitsView },
        new("GET", "/api/v1/nodes", "nodes", "The machines that run tasks, with what admission reckons them with.") { Answer = ServiceJsonContext.Default.NodeListView },
        new("GET", "/api/v1/agents", "agents", "The agents: idle, busy, stuck or unavailable, and what they work on.") { Answer = ServiceJsonContext.Default.AgentListView },
        new("GET", "/api/v1/agents/{agent}", "agents", "One agent.") { Answer = ServiceJsonContext.Default.AgentStateView },
        new("GET", "/api/v1/intake", "intake", "Whether the service accepts and starts tasks.") { Answer = ServiceJsonContext.Default.IntakeView },
        new("POST", "/api/v1/pause", "intake", "Starts nothing more; accepts on.") { Body = ServiceJsonContext.Default.ReasonedView, BodyIsOptional = true, Answer = ServiceJsonContext.Default.IntakeView },
        new("POST", "/api/v1/drain", "intake", "Accepts and starts nothing more; what runs goes on.") { Body = ServiceJsonContext.Default.ReasonedView, BodyIsOptional = true, Answer = ServiceJsonContext.Default.IntakeView },
        new("POST", "/api/v1/resume", "intake", "Accepts and starts again.") { Body = ServiceJsonContext.Default.ReasonedView, BodyIsOptional = true, Answer = ServiceJsonContext.Default.IntakeView },
    ];
}
