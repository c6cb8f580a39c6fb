using System.Collections.Immutable;

namespace Plimsoll.Plans.Messages;

/// <summary>A channel of a Slack workspace, and who may speak in it.</summary>
/// <param name="Team">Id of the workspace, such as T0123ABCD.</param>
/// <param name="Channel">Id of the channel, such as C0123ABCD.</param>
/// <param name="Users">Ids of those who are listened to; everybody else is ignored.</param>
public sealed record SlackPlace(string Team, string Channel, ImmutableArray<string> Users);
