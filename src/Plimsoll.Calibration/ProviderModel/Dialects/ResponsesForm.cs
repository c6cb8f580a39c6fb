using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>OpenAI Responses.</summary>
internal sealed class ResponsesForm : IAnswerForm
{
    // Events before the first delta; they have the sequence numbers below it.
    private const int Openings = 3;

    public string Whole(AnswerContent content) => Ended(content).ToJsonString();

    public string Opening(AnswerContent content)
    {
        JsonObject item = Item(content, "in_progress");
        item["content"] = new JsonArray();
        return ServerSentEvents.Write(
            new() { ["type"] = "response.created", ["sequence_number"] = 0, ["response"] = Response(content, "in_progress") },
            new() { ["type"] = "response.output_item.added", ["sequence_number"] = 1, ["output_index"] = 0, ["item"] = item },
            Located(content, "response.content_part.added", 2, "part", Part("")));
    }

    public string Delta(AnswerContent content, int step, long tokens) =>
        ServerSentEvents.Write(Located(content, "response.output_text.delta", Openings + step, "delta", AnswerContent.Words(tokens)));

    public string Closing(AnswerContent content, int steps)
    {
        string text = AnswerContent.Words(content.Usage.Output);
        int next = Openings + steps;
        JsonObject ended = Ended(content);
        return ServerSentEvents.Write(
            Located(content, "response.output_text.done", next, "text", text),
            Located(content, "response.content_part.done", next + 1, "part", Part(text)),
            new() { ["type"] = "response.output_item.done", ["sequence_number"] = next + 2, ["output_index"] = 0, ["item"] = Item(content, "completed") },
            new() { ["type"] = $"response.{(string)ended["status"]!}", ["sequence_number"] = next + 3, ["response"] = ended });
    }

    public string Failure(AnswerContent content, int steps) => ServerSentEvents.Write(new JsonObject
    {
        ["type"] = "error",
        ["sequence_number"] = Openings + steps,
        ["code"] = "server_error",
        ["message"] = OpenAIErrors.Broken,
        ["param"] = null,
    });

    private static JsonObject Ended(AnswerContent content)
    {
        JsonObject response = Response(content, content.EndedByLimit ? "incomplete" : "completed");
        response["incomplete_details"] = content.EndedByLimit ? new JsonObject { ["reason"] = "max_output_tokens" } : null;
        response["output"] = new JsonArray(Item(content, "completed"));
        response["usage"] = new JsonObject
        {
            ["input_tokens"] = content.Usage.Prompt,
            ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = content.Usage.CacheRead },
            ["output_tokens"] = content.Usage.Output,
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
            ["total_tokens"] = content.Usage.Prompt + content.Usage.Output,
        };
        return response;
    }

    private static JsonObject Response(AnswerContent content, string status) => new()
    {
        ["id"] = $"resp_{content.Id}",
        ["object"] = "response",
        ["created_at"] = 1,
        ["status"] = status,
        ["model"] = content.Model,
        ["output"] = new JsonArray(),
        ["usage"] = null,
    };

    private static JsonObject Item(AnswerContent content, string status) => new()
    {
        ["id"] = $"msg_{content.Id}",
        ["type"] = "message",
        ["status"] = status,
        ["role"] = "assistant",
        ["content"] = new JsonArray(Part(AnswerContent.Words(content.Usage.Output))),
    };

    private static JsonObject Part(string text) => new() { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() };

    private static JsonObject Located(AnswerContent content, string type, int sequence, string name, JsonNode value) => new()
    {
        ["type"] = type,
        ["sequence_number"] = sequence,
        ["item_id"] = $"msg_{content.Id}",
        ["output_index"] = 0,
        ["content_index"] = 0,
        [name] = value,
    };
}
