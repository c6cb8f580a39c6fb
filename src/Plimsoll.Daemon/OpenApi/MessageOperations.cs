using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Messages in channels: mentions of agents become tasks, and their answers messages.</summary>
internal static class MessageOperations
{
    private const string Tag = "messages";

    private const string Message = """
        {"type":"object","required":["channel","text"],"properties":{"channel":{"type":"string"},"text":{"type":"string","description":"@name gives an agent of the channel a task."}}}
        """;

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("POST", "/api/v1/messages", Tag, "Posts a message to a channel; agents it mentions get tasks, and answer there.") { BodySchema = Message, Answer = ServiceJsonContext.Default.PostedView, Status = 202, TakesKey = true },
        new("GET", "/api/v1/messages", Tag, "Messages of a channel, oldest first; waits for new ones, if asked to.")
        {
            Query = [new("channel", "string", "Name of the channel."), new("after", "string", "next of the page before."), new("limit", "integer", "At most this many, 1 to 1000."), new("wait", "number", "Seconds, at most 60.")],
            Answer = ServiceJsonContext.Default.MessageListView,
        },
        new("GET", "/api/v1/channels", Tag, "The channels, and which agents answer in them.") { Answer = ServiceJsonContext.Default.ChannelListView },
    ];
}
