namespace Plimsoll.Client.Runs;

/// <summary>An attempt that is alive.</summary>
public sealed record RunningTaskView(string Name, int Attempt, double ElapsedSeconds, long ResidentBytes);
