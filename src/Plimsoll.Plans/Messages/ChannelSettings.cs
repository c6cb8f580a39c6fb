using System.Collections.Immutable;

namespace Plimsoll.Plans.Messages;

/// <summary>A channel: who can be asked there, and where it is mirrored.</summary>
/// <param name="Agents">Names that may be mentioned: templates with a parameter <c>text</c>, and agents.</param>
/// <param name="Slack">Its counterpart in Slack; null = none.</param>
public sealed record ChannelSettings(string Name, ImmutableArray<string> Agents, SlackPlace? Slack);
