using System.Text.Json;

namespace Plimsoll.Gateway.Providers;

/// <summary>Finds what a message request shares with others, in the provider's order: tools, system, messages.</summary>
internal sealed class PrefixReader
{
    private readonly PrefixSection tools = new(1);
    private readonly PrefixSection system = new(2);
    private readonly PrefixSection messages = new(3);
    private bool isMarked;

    /// <summary>Reads the value if the property at which the reader stands is one of the three.</summary>
    public bool TryRead(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("messages"u8))
        {
            Read(ref json, messages, [2, 4]);
        }
        else if (json.ValueTextEquals("system"u8))
        {
            Read(ref json, system, [2]);
        }
        else if (json.ValueTextEquals("tools"u8))
        {
            Read(ref json, tools, [2]);
        }
        else if (json.ValueTextEquals("cache_control"u8))
        {
            json.Read();
            isMarked = json.TokenType == JsonTokenType.StartObject;
            json.Skip();
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>All points of the request, shortest first; none if it asks for no caching.</summary>
    public PrefixPoint[] Points(string? model)
    {
        if (isMarked)
        {
            messages.Mark();
            messages.End();
        }

        List<PrefixPoint>? points = null;
        PrefixHash before = new(0);
        before.Add(System.Text.Encoding.UTF8.GetBytes(model ?? ""));
        long bytes = 0;
        foreach (PrefixSection section in (ReadOnlySpan<PrefixSection>)[tools, system, messages])
        {
            section.Finish();
            foreach (PrefixPoint point in section.Points)
            {
                PrefixHash whole = before;
                whole.Add(point.Hash);
                (points ??= []).Add(point with { Hash = whole.Value, Bytes = bytes + point.Bytes });
            }

            before.Add(section.Hash);
            bytes += section.Bytes;
        }

        return points?.ToArray() ?? [];
    }

    /// <param name="ends">Depths at which an object is a block or a message.</param>
    private static void Read(ref Utf8JsonReader json, PrefixSection section, ReadOnlySpan<int> ends)
    {
        json.Read();
        int depth = json.CurrentDepth;
        bool isType = false;
        do
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName when json.ValueTextEquals("cache_control"u8):
                    json.Read();
                    if (json.TokenType == JsonTokenType.StartObject)
                    {
                        section.Mark();
                    }

                    json.Skip();
                    break;
                case JsonTokenType.PropertyName:
                    isType = json.ValueTextEquals("type"u8);
                    if (!isType && !json.ValueTextEquals("text"u8) && !json.ValueTextEquals("content"u8))
                    {
                        section.Add(json.ValueSpan);
                    }

                    break;
                case JsonTokenType.String when isType && json.ValueTextEquals("text"u8):
                    isType = false;
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    section.Add(json.ValueSpan);
                    isType = false;
                    break;
                case JsonTokenType.EndObject when ends.Contains(json.CurrentDepth):
                    section.End();
                    break;
                default:
                    break;
            }
        }
        while ((json.CurrentDepth > depth || json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) && json.Read());
    }
}
