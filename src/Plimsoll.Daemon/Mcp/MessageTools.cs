using System.Text.Json;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Mcp;

/// <summary>Tools that speak to people and other agents in channels.</summary>
internal static class MessageTools
{
    private static readonly HashSet<string> Nothing = [];

    public static IReadOnlyList<McpTool> All { get; } =
    [
        new(
            "send_message",
            "Post a message in a channel. Each @name of an agent of that channel becomes a task for it; tasks names them (give their ids to wait, so that your slot is not held), and its answer comes back to the channel. "
            + "A conversation among agents is cut after a few answers; note says when something was not handed on.",
            """
            {"type":"object","properties":{
              "channel":{"type":"string","description":"Name of a configured channel."},
              "text":{"type":"string","maxLength":16000,"description":"For example: @reviewer look at PR 7"},
              "idempotency_key":{"type":"string","description":"The same key again means the same message."}},
             "required":["channel","text"],"additionalProperties":false}
            """,
            isReadOnly: false,
            static (link, arguments, cancellation) => link.SendAsync(HttpMethod.Post, "api/v1/messages", McpArguments.With(arguments, Nothing), cancellation)),
        new(
            "read_messages",
            "Read messages of a channel, oldest first: what you and your sub-tasks posted, the answers, and the conversation you work for. Pass the after of the last answer to go on.",
            """
            {"type":"object","properties":{
              "channel":{"type":"string","description":"Name of a configured channel."},
              "after":{"type":"string","description":"Only messages after this id."},
              "limit":{"type":"integer","minimum":1,"maximum":1000,"default":50},
              "wait_seconds":{"type":"number","minimum":0,"maximum":60,"default":0,"description":"Wait this long until there is one."}},
             "required":["channel"],"additionalProperties":false}
            """,
            isReadOnly: true,
            ReadAsync),
    ];

    private static async Task<Outcome<string>> ReadAsync(ServiceLink link, JsonElement arguments, CancellationToken cancellation)
    {
        if (McpArguments.Text(arguments, "channel") is not { Length: > 0 } channel)
        {
            return new Refusal(ExitCode.Invalid, "the argument channel is missing", "Pass the name of a channel.");
        }

        string after = Uri.EscapeDataString(McpArguments.Text(arguments, "after") ?? "0");
        string limit = McpArguments.Number(arguments, "limit") ?? "50";
        string wait = McpArguments.Number(arguments, "wait_seconds") ?? "0";
        return await link.SendAsync(HttpMethod.Get, $"api/v1/messages?channel={Uri.EscapeDataString(channel)}&after={after}&limit={limit}&wait={wait}", null, cancellation);
    }
}
