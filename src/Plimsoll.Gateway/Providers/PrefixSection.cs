namespace Plimsoll.Gateway.Providers;

/// <summary>One of the three parts of a message request, hashed by its values so that another spelling of the same content is the same.</summary>
/// <remarks>
/// A text may be written as a string or as a list of one block, and <c>cache_control</c> moves to a later block with each turn; neither changes what the
/// provider caches. It looks for what it has at up to 20 ends of blocks before each <c>cache_control</c> (Anthropic, "Prompt caching").
/// </remarks>
internal sealed class PrefixSection(ulong seed)
{
    private const int Lookback = 20;

    private readonly List<PrefixPoint> points = [];
    private PrefixHash hash = new(seed);
    private int recent;
    private bool isMarked;

    public long Bytes { get; private set; }

    public UInt128 Hash => hash.Value;

    /// <summary>Hashes and sizes count from the beginning of this part.</summary>
    public List<PrefixPoint> Points => points;

    public void Add(ReadOnlySpan<byte> value)
    {
        hash.Add(value);
        Bytes += value.Length;
    }

    /// <summary>A <c>cache_control</c> was seen: the block in which it stands ends the prefix.</summary>
    public void Mark()
    {
        isMarked = true;
    }

    /// <summary>A block or message ends.</summary>
    public void End()
    {
        if (points.Count > 0 && points[^1].Bytes == Bytes)
        {
            points[^1] = points[^1] with { IsWritten = points[^1].IsWritten || isMarked };
        }
        else
        {
            points.Add(new(hash.Value, Bytes, isMarked));
            recent++;
        }

        if (isMarked)
        {
            recent = 0;
            isMarked = false;
        }
        else if (recent > Lookback)
        {
            points.RemoveAt(points.Count - recent);
            recent--;
        }
    }

    /// <summary>Drops what no <c>cache_control</c> follows.</summary>
    public void Finish()
    {
        int last = points.FindLastIndex(point => point.IsWritten);
        points.RemoveRange(last + 1, points.Count - last - 1);
    }
}
