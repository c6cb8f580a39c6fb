namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>A fleet before a quota, and what must come of it.</summary>
/// <param name="LeastGoodput">Of the binding limit.</param>
/// <param name="MostRefused">429 answers of the provider per 1,000 requests.</param>
/// <param name="Run">With the folder of the recordings and how many seconds are measured.</param>
internal sealed record FleetCase(string Name, double LeastGoodput, double MostRefused, Func<string, double, FleetResult> Run)
{
    private const double LeastJain = 0.95;
    private const double LongestUrgentSeconds = 1;
    private const double KeptGoodput = 0.9;
    private const double KeptRefused = 5;
    private const double KeptUrgentSeconds = 2;

    /// <summary>Whether agents compete, so that fairness and the wait of urgent calls can be judged.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether the provider holds to one second at a time: the targets are not met everywhere there, see docs/benchmarks.md.</summary>
    public bool IsShallow { get; init; }

    /// <summary>The targets.</summary>
    public bool IsMet(FleetResult result) =>
        result.Goodput >= LeastGoodput && result.RefusedPerThousand <= MostRefused
        && (!IsClosed || (result.Jain >= LeastJain && result.UrgentSeconds <= LongestUrgentSeconds));

    /// <summary>What was reached so far and must not get worse: the targets, or less where the provider is shallow.</summary>
    public bool IsKept(FleetResult result) =>
        IsMet(result)
        || (IsShallow && result.Goodput >= KeptGoodput && result.RefusedPerThousand <= KeptRefused && result.Jain >= LeastJain && result.UrgentSeconds <= KeptUrgentSeconds);
}
