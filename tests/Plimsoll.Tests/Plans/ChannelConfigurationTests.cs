using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Messages;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class ChannelConfigurationTests
{
    private const string Templates = "templates: {reviewer: {params: [text], noop: 0s}, picky: {params: [text, file], noop: 0s}, deaf: {noop: 0s}}\n";

    [Theory]
    [InlineData("channels: {review: {agents: [reviwer]}}", "no template and no agent has this name")]
    [InlineData("channels: {review: {agents: [picky]}}", "template picky needs the parameter file, which no message has")]
    [InlineData("channels: {review: {agents: [deaf]}}", "template deaf has no parameter text")]
    [InlineData("channels: {review: {agents: [a.b]}}", "this name cannot be mentioned")]
    [InlineData("channels: {review: {}}", "nobody can be mentioned in this channel")]
    [InlineData("channels: {a/b: {agents: [reviewer]}}", "this cannot be the name of a channel")]
    [InlineData("channels: {review: {agents: [reviewer], slack: {team: T1, channel: C1}}}", "the channel of Slack needs team, channel and users")]
    [InlineData("channels: {a: {agents: [reviewer], slack: {team: T, channel: C, users: [U]}}, b: {agents: [reviewer], slack: {team: T, channel: C, users: [U]}}}", "are the same one in Slack")]
    [InlineData("slack: {base_url: 'http://example.com'}", "is not an address that a token may be sent to")]
    [InlineData("slack: {token: xoxb-1}", "a key is never written in the configuration")]
    public void What_cannot_work_is_told(string yaml, string message) =>
        Assert.Contains(message, Assert.Single(Load(Templates + yaml).Diagnostics).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_channel_names_templates_and_agents()
    {
        ConfigurationResult result = Load(Templates + "channels: {review: {agents: [reviewer, claude], slack: {team: T1, channel: C1, users: U1}}}");
        Assert.Empty(result.Diagnostics);
        ChannelSettings channel = result.Configuration.Channels["review"];
        Assert.Equal(["reviewer", "claude"], channel.Agents);
        Assert.Equal(["U1"], channel.Slack!.Users);
        Assert.NotNull(MentionWork.Compile("claude", result.Configuration, out _));
        Assert.NotNull(MentionWork.Compile("reviewer", result.Configuration, out _));
    }

    [Theory]
    [InlineData("@reviewer look", "reviewer")]
    [InlineData("(@reviewer), @Tester: and @reviewer.", "reviewer,Tester")]
    [InlineData("me@reviewer.org https://x.y/@reviewer @reviewer/x @reviewer.io", "")]
    [InlineData("@1st @-x @", "")]
    public void Mentions_are_found_as_people_write_them(string text, string names) => Assert.Equal(names, string.Join(',', Mention.In(text)));

    [Theory]
    [InlineData("@reviewer look at @tester", "look at @tester")]
    [InlineData("@a, @b: do it", "do it")]
    [InlineData("@a", "@a")]
    [InlineData("please @a", "please @a")]
    public void Leading_mentions_are_no_part_of_the_prompt(string text, string bare) => Assert.Equal(bare, Mention.Bare(text));

    private static ConfigurationResult Load(string yaml)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-channels-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "plimsoll.yaml"), yaml);
            return ConfigurationLoader.Load(folder, new Dictionary<string, string>(StringComparer.Ordinal), []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
