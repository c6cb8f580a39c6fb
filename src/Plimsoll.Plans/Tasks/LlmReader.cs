using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads <c>llm:</c>, a model call without a process.</summary>
internal static class LlmReader
{
    public const string Schema = """{"type":"object","required":["model","prompt"],"additionalProperties":false,"properties":{"model":{"type":"string","minLength":1},"prompt":{"type":"string","minLength":1},"system":{"type":"string"},"max_tokens":{"type":"integer","minimum":1,"maximum":10000000},"provider":{"type":"string"},"pool":{"type":"string"}}}""";

    private const int MostTokens = 10_000_000;

    private static readonly string[] Keys = ["model", "prompt", "system", "max_tokens", "provider", "pool"];

    public static void Read(TaskSettings settings, Node node, Scalars scalars)
    {
        settings.Llm = node;
        foreach (NodeEntry entry in scalars.Mapping(node, "llm"))
        {
            Node? text = entry.Key.Text is "max_tokens" || scalars.Text(entry.Value, entry.Key.Text) is null ? null : entry.Value;
            switch (entry.Key.Text)
            {
                case "model":
                    settings.LlmModel = text;
                    break;
                case "prompt":
                    settings.LlmPrompt = text;
                    break;
                case "system":
                    settings.LlmSystem = text;
                    break;
                case "max_tokens":
                    settings.LlmMaxTokens = scalars.Integer(entry.Value, "max_tokens", 1, MostTokens);
                    break;
                case "provider" or "pool" when settings.LlmRoute is null:
                    settings.LlmRoute = text;
                    break;
                case "provider" or "pool":
                    scalars.Diagnostics.Error(entry.Key, "llm says both provider and pool", "Keep one of them.");
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "llm", Keys);
                    break;
            }
        }

        if (node.Kind == NodeKind.Map)
        {
            Require(node, "prompt", "Add prompt: with what the model is asked.", scalars);
            Require(node, "model", "Add model: with the name the provider knows.", scalars);
        }

        settings.WorkRefused |= settings.LlmPrompt is null || settings.LlmModel is null;
    }

    private static void Require(Node node, string key, string cure, Scalars scalars)
    {
        if (node.Find(key) is null)
        {
            scalars.Diagnostics.Error(node, $"llm has no {key}", cure);
        }
    }
}
