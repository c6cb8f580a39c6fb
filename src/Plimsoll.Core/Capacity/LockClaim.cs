namespace Plimsoll.Core.Capacity;

/// <summary>One named lock a task needs for the whole of each attempt.</summary>
/// <param name="Units">Units taken from a counted lock, at least 1; 1 for the other modes.</param>
public sealed record LockClaim(string Name, LockMode Mode, int Units);
