using System.Text;
using System.Text.Json;

namespace Plimsoll.Gateway.Caching;

/// <summary>An embedding request taken apart: what to embed, and everything else.</summary>
/// <param name="Others">All members but <c>input</c>, as written; requests with the same can be sent together.</param>
/// <param name="Inputs">Each text (or list of tokens), as written.</param>
internal sealed record EmbeddingRequest(string Others, IReadOnlyList<ReadOnlyMemory<byte>> Inputs)
{
    /// <summary>Bytes of input that surely hold no more tokens than this many each.</summary>
    private const int LeastBytesPerToken = 2;

    public long Bytes { get; } = Inputs.Sum(input => (long)input.Length);

    /// <summary>No fewer than the provider will count.</summary>
    public long MostTokens => (Bytes / LeastBytesPerToken) + Inputs.Count;

    /// <summary>Null where it is not written as expected.</summary>
    public static EmbeddingRequest? Read(ReadOnlyMemory<byte> body)
    {
        StringBuilder others = new();
        List<ReadOnlyMemory<byte>> inputs = [];
        try
        {
            Utf8JsonReader json = new(body.Span);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isInput = json.ValueTextEquals("input"u8);
                int start = (int)json.TokenStartIndex;
                json.Read();
                if (isInput)
                {
                    inputs.Clear();
                    ReadInputs(ref json, body, inputs);
                    continue;
                }

                json.Skip();
                others.Append(others.Length > 0 ? "," : "").Append(Encoding.UTF8.GetString(body.Span[start..(int)json.BytesConsumed]));
            }

            return json.TokenType == JsonTokenType.EndObject && inputs.Count > 0 ? new(others.ToString(), inputs) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void ReadInputs(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, List<ReadOnlyMemory<byte>> inputs)
    {
        int start = (int)json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            inputs.Add(body[start..(int)json.BytesConsumed]);
            return;
        }

        bool isOneInTokens = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            isOneInTokens |= json.TokenType == JsonTokenType.Number;
            int item = (int)json.TokenStartIndex;
            json.Skip();
            inputs.Add(body[item..(int)json.BytesConsumed]);
        }

        if (isOneInTokens)
        {
            inputs.Clear();
            inputs.Add(body[start..(int)json.BytesConsumed]);
        }
    }
}
