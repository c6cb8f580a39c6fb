using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Takes declared outputs from a model's answer: one is the whole text, several are members of a JSON object.</summary>
internal static class ModelOutputs
{
    private const string Fence = "```";

    /// <summary>Null when nothing is declared, or when <paramref name="refusal"/> says what is wrong.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string answer, ImmutableArray<string> declared, out string? refusal)
    {
        refusal = Encoding.UTF8.GetByteCount(answer) > OutputsFile.LimitBytes ? $"the answer has more than the {OutputsFile.LimitBytes} bytes that outputs may have" : null;
        if (declared.IsEmpty || refusal is not null)
        {
            return null;
        }

        if (declared is [var only])
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { [only] = answer.Trim() };
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(WithoutFence(answer));
            return Members(json.RootElement, declared, out refusal);
        }
        catch (JsonException)
        {
            refusal = $"the answer is no JSON object with the members {string.Join(", ", declared)}; ask for one in the prompt";
            return null;
        }
    }

    private static Dictionary<string, string>? Members(JsonElement root, ImmutableArray<string> declared, out string? refusal)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in declared)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(key, out JsonElement value))
            {
                refusal = $"the answer has no member {key}; ask in the prompt for a JSON object with the members {string.Join(", ", declared)}";
                return null;
            }

            outputs[key] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }

        refusal = null;
        return outputs;
    }

    // Models like to put JSON into a code block.
    private static string WithoutFence(string answer)
    {
        string text = answer.Trim();
        int first = text.IndexOf('\n', StringComparison.Ordinal);
        return text.StartsWith(Fence, StringComparison.Ordinal) && text.EndsWith(Fence, StringComparison.Ordinal) && first > 0
            ? text[first..^Fence.Length]
            : text;
    }
}
