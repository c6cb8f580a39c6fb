namespace Plimsoll.Core.Limits.Queueing;

/// <summary>On whose behalf a request waits.</summary>
/// <param name="Flow">Who shares fairly: the task.</param>
/// <param name="Priority">Higher goes first.</param>
/// <param name="Weight">Share against others of the same priority, above zero.</param>
public readonly record struct FairShare(long Flow, int Priority = 0, double Weight = 1);
