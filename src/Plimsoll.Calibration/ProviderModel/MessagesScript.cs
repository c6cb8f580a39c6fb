using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Answers in the Anthropic Messages form: a call of the Write tool when a file is wanted, after its result a closing sentence.</summary>
internal static partial class MessagesScript
{
    public static string WholeAnswer { get; } = new JsonObject
    {
        ["id"] = "msg_1",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = "scripted",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "ok" }),
        ["stop_reason"] = "end_turn",
        ["usage"] = Usage(),
    }.ToJsonString();

    public static string Answer(string body, string? file)
    {
        bool offersTools = body.Contains("\"name\":\"Write\"", StringComparison.Ordinal);
        bool toolHasAnswered = body.Contains("\"tool_result\"", StringComparison.Ordinal);
        return file is not null && offersTools && !toolHasAnswered ? Call("toolu_1", "Write", WriteArguments(body, file)) : Say("Done.");
    }

    /// <summary>An answer that calls a tool.</summary>
    /// <param name="id">Of the call; its result names it.</param>
    /// <param name="arguments">A JSON object.</param>
    public static string Call(string id, string tool, string arguments) => Stream(
        new() { ["type"] = "tool_use", ["id"] = id, ["name"] = tool, ["input"] = new JsonObject() },
        new() { ["type"] = "input_json_delta", ["partial_json"] = arguments },
        "tool_use");

    /// <summary>An answer that ends the turn.</summary>
    public static string Say(string text) => Stream(
        new() { ["type"] = "text", ["text"] = "" },
        new() { ["type"] = "text_delta", ["text"] = text },
        "end_turn");

    // The tool wants an absolute path; the agent names its working folder in the system prompt.
    private static string WriteArguments(string body, string file)
    {
        string folder = WorkingFolder().Match(body) is { Success: true } match ? match.Groups["folder"].Value : "/nowhere";
        return new JsonObject { ["file_path"] = $"{folder}/{file}", ["content"] = $"Written into {file} by a tool call.\n" }.ToJsonString();
    }

    private static string Stream(JsonObject block, JsonObject delta, string stopReason) => ServerSentEvents.Write(
        new()
        {
            ["type"] = "message_start",
            ["message"] = new JsonObject
            {
                ["id"] = "msg_1",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = "scripted",
                ["content"] = new JsonArray(),
                ["stop_reason"] = null,
                ["stop_sequence"] = null,
                ["usage"] = Usage(),
            },
        },
        new() { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = block },
        new() { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = delta },
        new() { ["type"] = "content_block_stop", ["index"] = 0 },
        new() { ["type"] = "message_delta", ["delta"] = new JsonObject { ["stop_reason"] = stopReason, ["stop_sequence"] = null }, ["usage"] = Usage() },
        new() { ["type"] = "message_stop" });

    private static JsonObject Usage() => new() { ["input_tokens"] = 10, ["output_tokens"] = 5 };

    [GeneratedRegex(@"[Ww]orking directory: (?<folder>/[^\\""\s]+)")]
    private static partial Regex WorkingFolder();
}
