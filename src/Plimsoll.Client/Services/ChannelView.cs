namespace Plimsoll.Client.Services;

/// <summary>A channel and the agents that can be mentioned in it.</summary>
/// <param name="Slack">True when it is mirrored in Slack.</param>
public sealed record ChannelView(string Name, IReadOnlyList<string> Agents, bool Slack);
