using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>A memory curve of bounded size: when it is full, neighbours are merged and every point covers twice as many readings.</summary>
internal sealed class MemoryCurve
{
    private const int Most = 64;

    private readonly MemoryPoint[] points = new MemoryPoint[Most];
    private int count;
    private int perPoint = 1;
    private int inLast;

    public void Add(TimeSpan at, Bytes resident)
    {
        if (count > 0 && inLast < perPoint)
        {
            points[count - 1] = points[count - 1] with { Resident = Bytes.Max(points[count - 1].Resident, resident) };
            inLast++;
            return;
        }

        if (count == Most)
        {
            Halve();
        }

        points[count++] = new MemoryPoint(at, resident);
        inLast = 1;
    }

    public ImmutableArray<MemoryPoint> ToArray() => [.. points.AsSpan(0, count)];

    private void Halve()
    {
        for (int i = 0; i < Most / 2; i++)
        {
            MemoryPoint first = points[2 * i];
            points[i] = first with { Resident = Bytes.Max(first.Resident, points[(2 * i) + 1].Resident) };
        }

        count = Most / 2;
        perPoint *= 2;
    }
}
