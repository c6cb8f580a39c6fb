using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>What an attempt does in the simulation.</summary>
/// <param name="Lasts">Its life; null = until it is killed.</param>
/// <param name="KilledAs">Its report when the kernel ends it first; null = it ignores that and ends as it would have.</param>
internal sealed record SimulatedAttempt(TimeSpan? Lasts, ExitReport Report, ExitReport? KilledAs)
{
    public static ExitReport Terminated { get; } = new(null, 15, null, false, default, default, null);

    public static SimulatedAttempt Succeeds(double seconds) => new(TimeSpan.FromSeconds(seconds), ExitReport.Success, Terminated);

    public static SimulatedAttempt Exits(double seconds, int code) => new(TimeSpan.FromSeconds(seconds), ExitReport.Exited(code), Terminated);

    public static SimulatedAttempt Hangs() => new(null, ExitReport.Success, Terminated);
}
