namespace Plimsoll.Client.Watching;

/// <summary>A lock, the limit of a service outside, or a quota.</summary>
/// <param name="Kind"><c>lock</c>, <c>limit</c> or <c>quota</c>.</param>
/// <param name="Units">Null = not bounded.</param>
/// <param name="Waiters">Tasks that wait for it first of all.</param>
/// <param name="LongestWaitSeconds">Of those who wait now.</param>
public sealed record LockStatusView(string Name, string Kind, double? Units, double Held, int Holders, long Waiters, double LongestWaitSeconds);
