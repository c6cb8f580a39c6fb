namespace Plimsoll.Client.Watching;

/// <summary>How many nodes there should be.</summary>
/// <param name="PinnedNodes">That hold work which cannot move.</param>
/// <param name="Ready">Tasks that more nodes could start.</param>
/// <param name="OldestWaitSeconds">Of them.</param>
/// <param name="Reason">Why that many.</param>
/// <param name="ChangedAt">When the advice last changed; null = it never did.</param>
public sealed record ScalingView(int DesiredNodes, int Nodes, int PinnedNodes, long Ready, int Running, double OldestWaitSeconds, string Reason, DateTimeOffset? ChangedAt);
