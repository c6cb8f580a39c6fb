namespace Plimsoll.Client.Services;

/// <summary>A task that holds units of a lock, or waits for them.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
/// <param name="Mode"><c>exclusive</c>, <c>shared</c>, <c>counted</c>, <c>drawn</c> (from a limit) or <c>fed</c> (by a quota).</param>
/// <param name="Fence">Rises with every grant: whoever comes with an older one has lost the lock. Null while it waits.</param>
/// <param name="Seconds">How long it has held or waited.</param>
public sealed record LockHolderView(string Id, string Task, string Mode, int Units, long? Fence, double Seconds);
