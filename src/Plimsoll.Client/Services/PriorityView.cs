namespace Plimsoll.Client.Services;

/// <summary>The priority of a task; larger starts first.</summary>
public sealed record PriorityView(int Priority);
