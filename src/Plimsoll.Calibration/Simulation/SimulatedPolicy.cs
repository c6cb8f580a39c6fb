using Plimsoll.Core.Admission;

namespace Plimsoll.Calibration.Simulation;

/// <summary>A rule for how much runs at once, as it is compared with others.</summary>
/// <param name="Name">As people write it: <c>load-line</c>, <c>fixed:4</c>.</param>
/// <param name="KnowsSizes">Every task declares what it truly holds at most, and memory is counted against that: what nobody can know beforehand.</param>
public sealed record SimulatedPolicy(string Name, ConcurrencyPolicy Concurrency, bool KnowsSizes)
{
    public static SimulatedPolicy LoadLine { get; } = new("load-line", ConcurrencyPolicy.Default, false);

    public static SimulatedPolicy Oracle { get; } = new("oracle", new AutoConcurrency(null, null, TimeSpan.Zero), true);
}
