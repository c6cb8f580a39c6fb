using Plimsoll.Daemon.Messages;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans.Messages;

namespace Plimsoll.Daemon.Slack;

/// <summary>Takes what configured people write in configured channels of configured workspaces; everything else is ignored.</summary>
internal sealed class SlackInbound(MessageDesk messages)
{
    /// <summary>Posts a message; ends when it is durable. Null = it was not for us, or it is kept already.</summary>
    public async Task<Refusal?> TakeAsync(SlackEvent one)
    {
        if (Find(one) is not { } channel)
        {
            return null;
        }

        string text = SlackText.Read(one.Text);
        if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        // A mention of the bot arrives twice when both kinds of events are subscribed: under two ids, with one timestamp.
        var post = new Post(channel, $"slack {one.User}", text.Length > AnswerText.Longest ? text[..AnswerText.Longest] : text, null)
        {
            Keys = [$"slack/{one.Team}/{one.EventId}", $"slack/{one.Team}/{one.Channel}/{one.Timestamp}"],
            SlackThread = one.Thread ?? one.Timestamp,
        };
        return (await messages.PostAsync(post)).TryGet(out _, out Refusal? refusal) || refusal.Code == ExitCode.Invalid ? null : refusal;
    }

    private string? Find(SlackEvent one)
    {
        foreach ((string name, ChannelLog channel) in messages.Book.Channels)
        {
            if (channel.Settings.Slack is { } place && IsOf(place, one))
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsOf(SlackPlace place, SlackEvent one) => place.Team == one.Team && place.Channel == one.Channel && place.Users.Contains(one.User);
}
