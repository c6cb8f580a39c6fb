namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>What one seed came to.</summary>
/// <param name="Broken">The first invariant that did not hold; null = all did.</param>
public sealed record FaultRun(int Seed, long Turns, IReadOnlyDictionary<FaultKind, long> Faults, string? Broken)
{
    /// <summary>The command that shows it again.</summary>
    public string Replay => $"plimsoll simulate --faults --seed {Seed}";
}
