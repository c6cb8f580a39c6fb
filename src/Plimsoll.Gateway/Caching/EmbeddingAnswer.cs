using System.Globalization;
using System.Text;
using System.Text.Json;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Caching;

/// <summary>The answer to a batch, taken apart; each vector stays as the provider wrote it.</summary>
internal sealed class EmbeddingAnswer
{
    private readonly ReadOnlyMemory<byte>[] vectors;
    private readonly string model;

    private EmbeddingAnswer(ReadOnlyMemory<byte>[] vectors, string model)
    {
        this.vectors = vectors;
        this.model = model;
    }

    /// <summary>Null where it is not written as expected, or does not have one vector for each input.</summary>
    public static EmbeddingAnswer? Read(ReadOnlyMemory<byte> body, int inputs)
    {
        var vectors = new ReadOnlyMemory<byte>[inputs];
        string model = "\"\"";
        try
        {
            Utf8JsonReader json = new(body.Span);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isData = json.ValueTextEquals("data"u8);
                bool isModel = json.ValueTextEquals("model"u8);
                json.Read();
                int start = (int)json.TokenStartIndex;
                if (isData)
                {
                    ReadData(ref json, body, vectors);
                    continue;
                }

                json.Skip();
                model = isModel ? Encoding.UTF8.GetString(body.Span[start..(int)json.BytesConsumed]) : model;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return Array.Exists(vectors, vector => vector.IsEmpty) ? null : new(vectors, model);
    }

    /// <summary>The answer for some of the inputs.</summary>
    public StoredAnswer Part(int first, int count, long tokens)
    {
        using PooledBytes text = new(1024);
        text.Append("{\"object\":\"list\",\"data\":["u8);
        for (int index = 0; index < count; index++)
        {
            text.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(index > 0 ? "," : "")}{{\"object\":\"embedding\",\"index\":{index},\"embedding\":")));
            text.Append(vectors[first + index].Span);
            text.Append("}"u8);
        }

        text.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"],\"model\":{model},\"usage\":{{\"prompt_tokens\":{tokens},\"total_tokens\":{tokens}}}}}")));
        return new(text.Span.ToArray(), [new("Content-Type", "application/json")]);
    }

    private static void ReadData(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>[] vectors)
    {
        int at = 0;
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            int index = at++;
            ReadOnlyMemory<byte> vector = default;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isIndex = json.ValueTextEquals("index"u8);
                bool isVector = json.ValueTextEquals("embedding"u8);
                json.Read();
                int start = (int)json.TokenStartIndex;
                index = isIndex && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int told) ? told : index;
                json.Skip();
                vector = isVector ? body[start..(int)json.BytesConsumed] : vector;
            }

            if (index >= 0 && index < vectors.Length)
            {
                vectors[index] = vector;
            }
        }
    }
}
