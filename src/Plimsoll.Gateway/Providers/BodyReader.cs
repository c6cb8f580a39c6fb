using System.Text.Json;

namespace Plimsoll.Gateway.Providers;

/// <summary>Reads once over a request's body without keeping anything but what <see cref="BodyPeek"/> holds.</summary>
internal static class BodyReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    public static BodyPeek Read(ReadOnlySpan<byte> body, RouteKind route)
    {
        BodyPeek peek = new();
        try
        {
            ReadObject(body, route, peek);
        }
        catch (JsonException)
        {
            peek.IsRead = false;
        }

        return peek;
    }

    private static void ReadObject(ReadOnlySpan<byte> body, RouteKind route, BodyPeek peek)
    {
        Utf8JsonReader json = new(body, Options);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        PrefixReader? prefixes = route is RouteKind.Messages ? new() : null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (prefixes is not null && prefixes.TryRead(ref json))
            {
                continue;
            }

            ReadMember(ref json, peek);
        }

        peek.IsRead = json.TokenType == JsonTokenType.EndObject;
        peek.Prefixes = prefixes?.Points(peek.Model) ?? [];
    }

    private static void ReadMember(ref Utf8JsonReader json, BodyPeek peek)
    {
        if (json.ValueTextEquals("model"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.String)
            {
                peek.Model = json.GetString();
                peek.ModelAt = ((int)json.TokenStartIndex, (int)(json.BytesConsumed - json.TokenStartIndex));
            }
        }
        else if (json.ValueTextEquals("stream"u8))
        {
            json.Read();
            peek.Streams = json.TokenType == JsonTokenType.True;
        }
        else if (json.ValueTextEquals("max_tokens"u8) || json.ValueTextEquals("max_completion_tokens"u8) || json.ValueTextEquals("max_output_tokens"u8))
        {
            json.Read();
            peek.MaxTokens = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long tokens) && tokens >= 0 ? tokens : peek.MaxTokens;
        }
        else if (json.ValueTextEquals("stream_options"u8))
        {
            json.Read();
            peek.HasStreamOptions = json.TokenType == JsonTokenType.StartObject;
            ReadStreamOptions(ref json, peek);
        }
        else if (json.ValueTextEquals("input"u8))
        {
            json.Read();
            peek.Items = CountItems(ref json);
        }
        else
        {
            json.Read();
        }

        json.Skip();
    }

    private static void ReadStreamOptions(ref Utf8JsonReader json, BodyPeek peek)
    {
        while (peek.HasStreamOptions && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool usage = json.ValueTextEquals("include_usage"u8);
            json.Read();
            peek.AsksForUsage |= usage && json.TokenType == JsonTokenType.True;
            json.Skip();
        }
    }

    /// <summary>A list of numbers is one text in tokens; leaves the reader at the end of the value.</summary>
    private static int CountItems(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return 1;
        }

        int items = 0;
        bool numbers = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            numbers |= json.TokenType == JsonTokenType.Number;
            items++;
            json.Skip();
        }

        return numbers ? 1 : Math.Max(1, items);
    }
}
