namespace Plimsoll.Daemon.Requests;

/// <summary>A change whose effect on the rest of a run is wanted.</summary>
/// <param name="MemoryBytes">Memory of the machine; null = as it is.</param>
/// <param name="ExtraNodes">Further machines like this one.</param>
/// <param name="QuotaFactor">On the limits of services outside, and on the agents that quotas feed.</param>
public sealed record WhatIfRequest(int Run, long? MemoryBytes = null, int ExtraNodes = 0, double QuotaFactor = 1);
