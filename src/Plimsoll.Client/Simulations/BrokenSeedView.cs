namespace Plimsoll.Client.Simulations;

/// <summary>A seed with an invariant that did not hold.</summary>
/// <param name="Replay">The command that shows it again.</param>
public sealed record BrokenSeedView(int Seed, string Invariant, string Replay);
