using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Answers;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>OpenAI Embeddings; short vectors, as nobody looks into them.</summary>
internal sealed class EmbeddingsForm : IAnswerForm
{
    public string Whole(AnswerContent content)
    {
        JsonArray data = [];
        for (int item = 0; item < content.Items; item++)
            data.Add((JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = item, ["embedding"] = new JsonArray(0.6, 0.8) });
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = data,
            ["model"] = content.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = content.Usage.Prompt, ["total_tokens"] = content.Usage.Prompt },
        }.ToJsonString();
    }

    public string Opening(AnswerContent content) => Whole(content);

    public string Delta(AnswerContent content, int step, long tokens) => "";

    public string Closing(AnswerContent content, int steps) => "";

    public string Failure(AnswerContent content, int steps) => "";
}
