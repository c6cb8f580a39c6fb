namespace Plimsoll.Gateway.Providers;

/// <summary>Understands the events of one stream: what they mean, and what was used so far.</summary>
internal sealed class StreamMeter(RouteKind route, bool hidesUsage)
{
    /// <summary>Bytes of a content event that are no text, about; and bytes of text per token.</summary>
    private const int EventOverhead = 90;
    private const int BytesPerToken = 4;

    private TokenCounts counts;

    /// <summary>As far as the provider has told it; the output as estimated while it has not.</summary>
    public TokenCounts Counts => counts with { Output = Math.Max(counts.Output, ToldOutput ? 0 : ProducedTokens) };

    public bool HasUsage { get; private set; }

    /// <summary>Whether the provider has begun to answer, so that what it caches is in its cache.</summary>
    public bool Began { get; private set; }

    public bool Ended { get; private set; }

    /// <summary>Output tokens estimated from what has passed.</summary>
    public long ProducedTokens { get; private set; }

    private bool ToldOutput { get; set; }

    /// <summary>Looks at one whole event.</summary>
    public EventKind Read(ReadOnlySpan<byte> item)
    {
        ReadOnlySpan<byte> data = Split(item, out ReadOnlySpan<byte> name);
        if (data.IsEmpty)
        {
            return EventKind.StartUp;
        }

        Began = true;
        return route == RouteKind.Chat ? ReadChat(data) : ReadNamed(name.IsEmpty ? TypeOf(data) : name, data, item.Length);
    }

    private static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> item, out ReadOnlySpan<byte> name)
    {
        name = default;
        ReadOnlySpan<byte> data = default;
        while (!item.IsEmpty)
        {
            int end = item.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? item : item[..end]).TrimEnd((byte)'\r');
            item = end < 0 ? default : item[(end + 1)..];
            if (line.StartsWith("data:"u8))
            {
                data = data.IsEmpty ? line["data:"u8.Length..].TrimStart((byte)' ') : data;
            }
            else if (line.StartsWith("event:"u8))
            {
                name = line["event:"u8.Length..].Trim((byte)' ');
            }
        }

        return data;
    }

    /// <summary>The <c>type</c>, where the event has no name: the first member in all that is seen.</summary>
    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> data)
    {
        int at = data.IndexOf("\"type\":"u8);
        if (at < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = data[(at + "\"type\":"u8.Length)..].TrimStart((byte)' ');
        int end = rest.Length > 0 && rest[0] == '"' ? rest[1..].IndexOf((byte)'"') : -1;
        return end < 0 ? default : rest.Slice(1, end);
    }

    private EventKind ReadNamed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, int length)
    {
        // One comparison decides for nearly every event.
        if (name.SequenceEqual("content_block_delta"u8) || name.EndsWith(".delta"u8))
        {
            ProducedTokens += Math.Max(1, (length - EventOverhead) / BytesPerToken);
            return EventKind.Content;
        }

        if (name.SequenceEqual("error"u8) || name.SequenceEqual("response.failed"u8))
        {
            TakeUsage(data);
            return EventKind.Error;
        }

        bool isEnd = name.SequenceEqual("message_delta"u8) || name.SequenceEqual("response.completed"u8) || name.SequenceEqual("response.incomplete"u8);
        if (isEnd || name.SequenceEqual("message_start"u8))
        {
            TakeUsage(data);
            ToldOutput |= isEnd;
        }

        Ended |= name.SequenceEqual("message_stop"u8) || (isEnd && route == RouteKind.Responses);
        return isEnd || Ended ? EventKind.Final : name.EndsWith(".done"u8) || name.SequenceEqual("content_block_stop"u8) ? EventKind.Content : EventKind.StartUp;
    }

    private EventKind ReadChat(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            Ended = true;
            return EventKind.Final;
        }

        if (data.StartsWith("{\"error\""u8))
        {
            return EventKind.Error;
        }

        bool empty = Has(data, "\"choices\":"u8, "[]"u8);
        if (UsageReader.MayHaveUsage(data) && UsageReader.TryRead(data, ref counts))
        {
            HasUsage = true;
            ToldOutput = true;
        }

        if (empty)
        {
            return hidesUsage && HasUsage ? EventKind.UsageOnly : EventKind.StartUp;
        }

        bool ends = Has(data, "\"finish_reason\":"u8, "\""u8);
        if (ends)
        {
            return EventKind.Final;
        }

        // The first chunk has the role and no text.
        bool opens = Has(data, "\"content\":"u8, "\"\""u8) && data.IndexOf("\"tool_calls\""u8) < 0;
        ProducedTokens += opens ? 0 : Math.Max(1, (data.Length - (2 * EventOverhead)) / BytesPerToken);
        return opens ? EventKind.StartUp : EventKind.Content;
    }

    /// <summary>Whether a member begins with a value, with or without a space between.</summary>
    private static bool Has(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int at = data.IndexOf(name);
        return at >= 0 && data[(at + name.Length)..].TrimStart((byte)' ').StartsWith(value);
    }

    private void TakeUsage(ReadOnlySpan<byte> data)
    {
        HasUsage |= UsageReader.MayHaveUsage(data) && UsageReader.TryRead(data, ref counts);
    }
}
