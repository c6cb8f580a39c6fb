using System.Text.Json;

namespace Plimsoll.Gateway.Providers;

/// <summary>Finds the <c>usage</c> of an answer or of an event, in each of the forms there are.</summary>
/// <remarks>
/// Anthropic counts cache reads and writes apart from <c>input_tokens</c>; OpenAI's <c>prompt_tokens</c> and <c>input_tokens</c> include the cached ones, which
/// stand in a details object. A usage in mid-stream is cumulative, so members it has replace those known before.
/// </remarks>
internal static class UsageReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Whether the text may hold a usage at all: much cheaper than reading it.</summary>
    public static bool MayHaveUsage(ReadOnlySpan<byte> text) => text.IndexOf("\"usage\""u8) >= 0;

    /// <summary>Reads the last usage at the top, in <c>message</c> or in <c>response</c>; false if there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ref TokenCounts counts)
    {
        bool found = false;
        try
        {
            Utf8JsonReader json = new(text, Options);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref json, ref counts, ref found);
            }
        }
        catch (JsonException)
        {
            return found;
        }

        return found;
    }

    private static void ReadMembers(ref Utf8JsonReader json, ref TokenCounts counts, ref bool found)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isUsage = json.ValueTextEquals("usage"u8);
            bool isEnvelope = json.ValueTextEquals("message"u8) || json.ValueTextEquals("response"u8);
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject && isUsage)
            {
                counts = ReadUsage(ref json, counts);
                found = true;
            }
            else if (json.TokenType == JsonTokenType.StartObject && isEnvelope)
            {
                ReadMembers(ref json, ref counts, ref found);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static TokenCounts ReadUsage(ref Utf8JsonReader json, TokenCounts before)
    {
        long? input = null;
        long? output = null;
        long? prompt = null;
        long cached = 0;
        (long write, long read) = (before.CacheWrite, before.CacheRead);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("input_tokens"u8))
            {
                input = Number(ref json) ?? input;
            }
            else if (json.ValueTextEquals("output_tokens"u8) || json.ValueTextEquals("completion_tokens"u8))
            {
                output = Number(ref json) ?? output;
            }
            else if (json.ValueTextEquals("prompt_tokens"u8))
            {
                prompt = Number(ref json) ?? prompt;
            }
            else if (json.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                write = Number(ref json) ?? write;
            }
            else if (json.ValueTextEquals("cache_read_input_tokens"u8))
            {
                read = Number(ref json) ?? read;
            }
            else if (json.ValueTextEquals("input_tokens_details"u8) || json.ValueTextEquals("prompt_tokens_details"u8))
            {
                cached = ReadCached(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        long produced = output ?? before.Output;
        if ((prompt ?? (cached > 0 ? input : null)) is { } whole)
        {
            long fromCache = Math.Min(cached, whole);
            return new(whole - fromCache, 0, fromCache, produced);
        }

        return new(input ?? before.Input, write, read, produced);
    }

    private static long ReadCached(ref Utf8JsonReader json)
    {
        long cached = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return 0;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isCached = json.ValueTextEquals("cached_tokens"u8);
            long? number = Number(ref json);
            cached = isCached ? number ?? 0 : cached;
        }

        return cached;
    }

    private static long? Number(ref Utf8JsonReader json)
    {
        json.Read();
        long? number = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long value) && value >= 0 ? value : null;
        json.Skip();
        return number;
    }
}
