using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Anthropic Messages.</summary>
internal sealed class MessagesForm : IAnswerForm
{
    public string Whole(AnswerContent content)
    {
        JsonObject message = Message(content, content.Usage);
        message["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = AnswerContent.Words(content.Usage.Output) });
        message["stop_reason"] = StopReason(content);
        return message.ToJsonString();
    }

    public string Opening(AnswerContent content) => ServerSentEvents.Write(
        new() { ["type"] = "message_start", ["message"] = Message(content, content.Usage with { Output = Math.Min(1, content.Usage.Output) }) },
        new() { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } },
        new() { ["type"] = "ping" });

    public string Delta(AnswerContent content, int step, long tokens) => ServerSentEvents.Write(new JsonObject
    {
        ["type"] = "content_block_delta",
        ["index"] = 0,
        ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = AnswerContent.Words(tokens) },
    });

    public string Closing(AnswerContent content, int steps) => ServerSentEvents.Write(
        new() { ["type"] = "content_block_stop", ["index"] = 0 },
        new()
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(content), ["stop_sequence"] = null },
            ["usage"] = Usage(content.Usage),
        },
        new() { ["type"] = "message_stop" });

    public string Failure(AnswerContent content, int steps) => ServerSentEvents.Write(new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = "overloaded_error", ["message"] = "Overloaded" },
        ["request_id"] = $"req_{content.Id}",
    });

    private static JsonObject Message(AnswerContent content, TokenUsage usage) => new()
    {
        ["id"] = $"msg_{content.Id}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = content.Model,
        ["content"] = new JsonArray(),
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
        ["usage"] = Usage(usage),
    };

    private static JsonObject Usage(TokenUsage usage) => new()
    {
        ["input_tokens"] = usage.Input,
        ["cache_creation_input_tokens"] = usage.CacheWrite,
        ["cache_read_input_tokens"] = usage.CacheRead,
        ["output_tokens"] = usage.Output,
    };

    private static string StopReason(AnswerContent content) => content.EndedByLimit ? "max_tokens" : "end_turn";
}
