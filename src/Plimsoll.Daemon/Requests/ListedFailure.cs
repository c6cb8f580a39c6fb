namespace Plimsoll.Daemon.Requests;

/// <summary>A failure of a node, by its number from 0.</summary>
/// <param name="Back">Time until it is back; null = never.</param>
public sealed record ListedFailure(int Node, TimeSpan At, TimeSpan? Back);
