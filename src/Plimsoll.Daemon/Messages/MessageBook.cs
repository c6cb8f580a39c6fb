using System.Globalization;
using System.Text.Json;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Slack;
using Plimsoll.Plans.Messages;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Messages;

/// <summary>What is known of channels, conversations and keys.</summary>
/// <remarks>Written by the desk's pump once it is loaded.</remarks>
internal sealed class MessageBook(IReadOnlyDictionary<string, ChannelLog> channels, IReadOnlyDictionary<string, SubmittedWork> works, ErrandBook errands, TimeProvider time)
{
    /// <summary>Agents that may answer each other without anybody outside speaking.</summary>
    public const int MostHops = 4;

    /// <summary>Tasks that one conversation may make.</summary>
    public const int MostTasks = 32;

    public IReadOnlyDictionary<string, ChannelLog> Channels { get; } = channels;

    /// <summary>What a mention of each agent executes.</summary>
    public IReadOnlyDictionary<string, SubmittedWork> Works { get; } = works;

    public ErrandBook Errands { get; } = errands;

    public MessageKeys Keys { get; } = new(time);

    public long LastNumber { get; set; }

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        foreach (ChannelLog channel in Channels.Values)
        {
            LastNumber = Math.Max(LastNumber, await channel.LoadAsync(reader, cancellationToken));
        }

        await Keys.LoadAsync(reader, cancellationToken);
        await Errands.LoadAsync(reader, cancellationToken);
    }

    /// <summary>The agents a message asks; who writes it does not ask itself.</summary>
    public IReadOnlyList<string> AgentsIn(Post post)
    {
        IReadOnlyList<string> named = Mention.In(post.Text);
        string? self = post.Answers ? post.Errand!.Agent : null;
        return named.Count == 0 ? [] : [.. Channels[post.Channel].Settings.Agents.Where(agent => agent != self && named.Contains(agent, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>Why a message may make no tasks; null = it may.</summary>
    /// <param name="tasks">Tasks of its conversation, with those it would make.</param>
    public static string? Refuses(Post post, int tasks) =>
        post.Hops > MostHops ? $"{MostHops} agents have answered each other without anybody else speaking"
        : tasks > MostTasks ? $"a conversation makes at most {MostTasks} tasks"
        : null;

    /// <summary>What Slack is to be told; nothing when it is from there, or the channel is not mirrored.</summary>
    public IEnumerable<ServiceRecord> Outbound(Post post, KeptMessage message)
    {
        if (Channels[post.Channel].Settings.Slack is { } place && post.SlackThread is null)
        {
            var outbound = new KeptSlackPost(place.Channel, post.Errand?.SlackThread, SlackText.Write(message));
            yield return new ServiceRecord(KeptSlackPost.RecordKind, message.Number.ToString("x16", CultureInfo.InvariantCulture), JsonSerializer.Serialize(outbound, DaemonJsonContext.Default.KeptSlackPost));
        }
    }
}
