namespace Plimsoll.Client.Services;

/// <summary>The machines that run tasks, at one moment.</summary>
public sealed record NodeListView(DateTimeOffset At, IReadOnlyList<NodeView> Nodes);
