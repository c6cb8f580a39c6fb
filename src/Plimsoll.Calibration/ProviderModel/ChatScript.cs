using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Answers in the OpenAI Chat Completions form, streamed: one closing sentence.</summary>
internal static class ChatScript
{
    public static string Answer()
    {
        StringBuilder text = new();
        foreach (JsonObject chunk in (JsonObject[])[Chunk(new() { ["role"] = "assistant", ["content"] = "Done." }, null), Chunk([], "stop")])
            text.Append("data: ").Append(chunk.ToJsonString()).Append("\n\n");

        return text.Append("data: [DONE]\n\n").ToString();
    }

    private static JsonObject Chunk(JsonObject delta, string? finish) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "scripted",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        ["usage"] = finish is null ? null : new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 },
    };
}
