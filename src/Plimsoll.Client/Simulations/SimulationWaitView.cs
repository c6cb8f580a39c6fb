namespace Plimsoll.Client.Simulations;

/// <summary>What tasks waited for.</summary>
/// <param name="Cause">The code that <c>plimsoll why</c> gives.</param>
/// <param name="Share">Of all waiting.</param>
public sealed record SimulationWaitView(string Cause, double Share);
