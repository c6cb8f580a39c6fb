using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Slack;

/// <summary>Names the variables that hold Slack's secrets: tasks do not inherit them.</summary>
internal static class SlackSecrets
{
    public static IEnumerable<string> Variables(PlimsollConfiguration configuration) =>
        configuration.Channels.Values.Any(static channel => channel.Slack is not null)
            ? new[] { configuration.Slack.Token.Variable, configuration.Slack.SigningSecret.Variable }.OfType<string>()
            : [];
}
