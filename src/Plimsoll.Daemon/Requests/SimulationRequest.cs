namespace Plimsoll.Daemon.Requests;

/// <summary>A simulation of the same tasks under several policies, placements and seeds.</summary>
/// <param name="Plan">A plan or recorded workflow; its name may also be <c>generate:KEY=VALUE,…</c> or the number of a run.</param>
/// <param name="Nodes">At least one group.</param>
/// <param name="Policies">By name, see docs/cli.md; at least one.</param>
/// <param name="Placements">By name; at least one.</param>
/// <param name="Seeds">So many in a row from <paramref name="FirstSeed"/>.</param>
/// <param name="Passes">How often the tasks run one after the other; classes are known from the second time on.</param>
public sealed record SimulationRequest(
    PlanRequest Plan,
    IReadOnlyList<SimulatedNodes> Nodes,
    IReadOnlyList<string> Policies,
    IReadOnlyList<string> Placements,
    int FirstSeed = 1,
    int Seeds = 1,
    int Passes = 1)
{
    /// <summary>Agents that each provider's quota can feed at once.</summary>
    public IReadOnlyDictionary<string, int> Quotas { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Factor on the limits of services outside.</summary>
    public double LimitScale { get; init; } = 1;

    /// <summary>Mean time between failures of a node; null = none fails by chance.</summary>
    public TimeSpan? FailsEvery { get; init; }

    /// <summary>Until a failed node is back.</summary>
    public TimeSpan Repair { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Failures that are to happen.</summary>
    public IReadOnlyList<ListedFailure> Failures { get; init; } = [];

    /// <summary>From the decision to start until the work begins.</summary>
    public TimeSpan StartLatency { get; init; }

    /// <summary>Life of a task of which nothing is known.</summary>
    public TimeSpan UnknownDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Memory of a task of which nothing is known.</summary>
    public long UnknownMemoryBytes { get; init; } = 512L << 20;

    /// <summary>Of a run: only the tasks that have not ended.</summary>
    public bool Remaining { get; init; }

    /// <summary>Take what tasks declare of their memory away, so that all of it has to be learned.</summary>
    public bool Undeclared { get; init; }
}
