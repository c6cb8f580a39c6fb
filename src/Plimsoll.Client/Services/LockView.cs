namespace Plimsoll.Client.Services;

/// <summary>A named lock, limit of a service outside, or quota of a provider.</summary>
/// <param name="Kind"><c>lock</c>, <c>limit</c> or <c>quota</c>.</param>
/// <param name="Units">How many there are; null = not bounded.</param>
/// <param name="Taken">Units that are taken; of a limit those that have not come back yet.</param>
/// <param name="Holders">Oldest first; nobody holds a limit.</param>
/// <param name="Waiting">Tasks that wait for it before anything else.</param>
/// <param name="Waiters">The next in turn, one for each kind of task; at most 20.</param>
/// <param name="LongestWaitSeconds">Of those that are shown.</param>
public sealed record LockView(
    string Name,
    string Kind,
    double? Units,
    double Taken,
    IReadOnlyList<LockHolderView> Holders,
    int Waiting,
    IReadOnlyList<LockHolderView> Waiters,
    double LongestWaitSeconds);
