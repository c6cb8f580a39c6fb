namespace Plimsoll.Client.Simulations;

/// <summary>How long the rest of a run is expected to take as things are, and with a change.</summary>
/// <param name="Tasks">That have not ended.</param>
/// <param name="Seconds">As things are.</param>
/// <param name="ChangedSeconds">With the change.</param>
/// <param name="Waits">What the tasks wait for as things are, largest share first.</param>
public sealed record WhatIfView(int Run, int Tasks, double Seconds, double ChangedSeconds, IReadOnlyList<SimulationWaitView> Waits);
