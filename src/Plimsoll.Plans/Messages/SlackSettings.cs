using Plimsoll.Core.Providers;

namespace Plimsoll.Plans.Messages;

/// <summary>How Slack is reached.</summary>
/// <param name="BaseUrl">Of its Web API, without a slash at the end.</param>
/// <param name="Token">Where the bot token is read.</param>
/// <param name="SigningSecret">Where the secret is read that events are signed with.</param>
public sealed record SlackSettings(string BaseUrl, KeySource Token, KeySource SigningSecret)
{
    public static SlackSettings Default { get; } = new("https://slack.com/api", new KeySource("SLACK_BOT_TOKEN", null), new KeySource("SLACK_SIGNING_SECRET", null));
}
