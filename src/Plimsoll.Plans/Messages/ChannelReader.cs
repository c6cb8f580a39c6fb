using System.Collections.Immutable;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Messages;

/// <summary>Reads <c>channels:</c> and <c>slack:</c>; agents and templates come before them.</summary>
internal static class ChannelReader
{
    private const int MostAgents = 50;

    private static readonly string[] Keys = ["agents", "slack"];
    private static readonly string[] PlaceKeys = ["team", "channel", "users"];

    public static ImmutableDictionary<string, ChannelSettings> Read(Node node, PlimsollConfiguration configuration, Scalars scalars)
    {
        var channels = ImmutableDictionary.CreateBuilder<string, ChannelSettings>(StringComparer.Ordinal);
        foreach (NodeEntry entry in scalars.Mapping(node, "channels"))
        {
            if (!Mention.IsName(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a channel", Mention.NameRule);
            }
            else if (Channel(entry, configuration, scalars) is { } channel)
            {
                channels[channel.Name] = channel;
            }
        }

        foreach (IGrouping<(string, string), ChannelSettings> twice in channels.Values.Where(static one => one.Slack is not null).GroupBy(static one => (one.Slack!.Team, one.Slack.Channel)).Where(static same => same.Count() > 1))
        {
            scalars.Diagnostics.Error(node, twice.Key.Item2, $"the channels {string.Join(" and ", twice.Select(static one => one.Name))} are the same one in Slack", "Give each its own.");
        }

        return channels.ToImmutable();
    }

    /// <summary>The address of Slack's Web API, without a slash at its end.</summary>
    public static string? Address(Node node, Scalars scalars)
    {
        string? text = scalars.Text(node, "slack.base_url")?.TrimEnd('/');
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) && address.UserInfo.Length == 0))
        {
            return text;
        }

        scalars.Diagnostics.Error(node, "slack.base_url is not an address that a token may be sent to", "Write an https URL; http only for this machine.");
        return null;
    }

    private static ChannelSettings? Channel(NodeEntry named, PlimsollConfiguration configuration, Scalars scalars)
    {
        ImmutableArray<string> agents = [];
        int written = 0;
        SlackPlace? slack = null;
        foreach (NodeEntry entry in scalars.Mapping(named.Value, $"channel {named.Key.Text}"))
        {
            switch (entry.Key.Text)
            {
                case "agents":
                    IReadOnlyList<Node> names = scalars.OneOrMore(entry.Value, "agents");
                    written = names.Count;
                    agents = [.. names.Select(one => Agent(one, configuration, scalars)).OfType<string>().Distinct(StringComparer.Ordinal)];
                    break;
                case "slack":
                    slack = Place(entry.Value, scalars);
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a channel", Keys);
                    break;
            }
        }

        if (agents.IsEmpty && written > 0)
        {
            return null; // told already
        }

        if (agents.Length is 0 or > MostAgents)
        {
            scalars.Diagnostics.Error(named.Key, agents.IsEmpty ? "nobody can be mentioned in this channel" : $"the channel has {agents.Length} agents", $"Write agents: [name, …] with 1 to {MostAgents} names of templates or agents.");
            return null;
        }

        return new ChannelSettings(named.Key.Text, agents, slack);
    }

    private static string? Agent(Node node, PlimsollConfiguration configuration, Scalars scalars)
    {
        string? name = scalars.Text(node, "the name of an agent");
        if (name is null)
        {
            return null;
        }

        string[] known = [.. configuration.Templates.Keys.Concat(configuration.Agents.Keys).Where(Mention.IsName).Distinct(StringComparer.Ordinal)];
        if (!Mention.IsName(name) || !known.Contains(name))
        {
            scalars.Diagnostics.Error(node, Mention.IsName(name) ? "no template and no agent has this name" : "this name cannot be mentioned", Mention.IsName(name) ? Nearest.Cure(name, known, "name") : Mention.NameRule);
            return null;
        }

        if (configuration.Templates.TryGetValue(name, out TaskTemplate? template))
        {
            string? other = template.Parameters.FirstOrDefault(static one => one.Value is null && !MentionWork.Parameters.Contains(one.Key)).Key;
            if (other is not null || !template.Parameters.ContainsKey(MentionWork.Text))
            {
                scalars.Diagnostics.Error(
                    node,
                    other is null ? $"template {name} has no parameter {MentionWork.Text}" : $"template {name} needs the parameter {other}, which no message has",
                    $"A message gives the parameters {string.Join(", ", MentionWork.Parameters)}; others need a default.");
                return null;
            }
        }

        return name;
    }

    private static SlackPlace? Place(Node node, Scalars scalars)
    {
        string? team = null;
        string? channel = null;
        ImmutableArray<string> users = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "slack"))
        {
            switch (entry.Key.Text)
            {
                case "team":
                    team = scalars.Text(entry.Value, "team");
                    break;
                case "channel":
                    channel = scalars.Text(entry.Value, "channel");
                    break;
                case "users":
                    users = [.. scalars.OneOrMore(entry.Value, "users").Select(one => scalars.Text(one, "the id of a user")).OfType<string>()];
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a channel of Slack", PlaceKeys);
                    break;
            }
        }

        if (team is not null && channel is not null && !users.IsEmpty)
        {
            return new SlackPlace(team, channel, users);
        }

        scalars.Diagnostics.Error(node, "the channel of Slack needs team, channel and users", "Write slack: {team: T0123ABCD, channel: C0123ABCD, users: [U0123ABCD]} with their ids.");
        return null;
    }
}
