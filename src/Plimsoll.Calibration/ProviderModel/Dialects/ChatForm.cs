using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>OpenAI Chat Completions.</summary>
internal sealed class ChatForm : IAnswerForm
{
    public string Whole(AnswerContent content)
    {
        JsonObject answer = Envelope(content, "chat.completion");
        answer["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = AnswerContent.Words(content.Usage.Output) },
            ["finish_reason"] = FinishReason(content),
        });
        answer["usage"] = Usage(content.Usage);
        return answer.ToJsonString();
    }

    public string Opening(AnswerContent content) => Chunk(content, new() { ["role"] = "assistant", ["content"] = "" }, null);

    public string Delta(AnswerContent content, int step, long tokens) => Chunk(content, new() { ["content"] = AnswerContent.Words(tokens) }, null);

    public string Closing(AnswerContent content, int steps)
    {
        string last = Chunk(content, [], FinishReason(content));
        if (content.IncludesUsage)
        {
            // One more chunk, without choices, carries the usage.
            JsonObject usage = Envelope(content, "chat.completion.chunk");
            usage["choices"] = new JsonArray();
            usage["usage"] = Usage(content.Usage);
            last += Data(usage);
        }

        return last + "data: [DONE]\n\n";
    }

    public string Failure(AnswerContent content, int steps) => Data(OpenAIErrors.Body(OpenAIErrors.Broken, "server_error", null));

    private static string Chunk(AnswerContent content, JsonObject delta, string? finish)
    {
        JsonObject chunk = Envelope(content, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
        if (content.IncludesUsage)
            chunk["usage"] = null;
        return Data(chunk);
    }

    private static string Data(JsonObject item) => $"data: {item.ToJsonString()}\n\n";

    private static JsonObject Envelope(AnswerContent content, string kind) => new()
    {
        ["id"] = $"chatcmpl-{content.Id}",
        ["object"] = kind,
        ["created"] = 1,
        ["model"] = content.Model,
    };

    private static JsonObject Usage(TokenUsage usage) => new()
    {
        ["prompt_tokens"] = usage.Prompt,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.Prompt + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheRead },
    };

    private static string FinishReason(AnswerContent content) => content.EndedByLimit ? "length" : "stop";
}
