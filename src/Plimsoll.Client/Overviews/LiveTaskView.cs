namespace Plimsoll.Client.Overviews;

/// <summary>An attempt that is alive, with what memory was expected of it.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
/// <param name="State"><c>starting</c>, <c>running</c>, <c>frozen</c>, <c>ending</c> or <c>lease</c>.</param>
/// <param name="UsedBytes">As measured.</param>
/// <param name="HeldBytes">What it counts for.</param>
/// <param name="SettledBytes">What it is expected to hold while it just works.</param>
/// <param name="BurstBytes">What it may hold above that.</param>
public sealed record LiveTaskView(
    string Id,
    string Name,
    string Class,
    int Attempt,
    string State,
    double ElapsedSeconds,
    long UsedBytes,
    long HeldBytes,
    long SettledBytes,
    long BurstBytes);
