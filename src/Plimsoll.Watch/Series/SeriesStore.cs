using System.Collections.Immutable;

namespace Plimsoll.Watch.Series;

/// <summary>Time series in bounded memory: about 90 kB each, at most <see cref="Most"/> of them.</summary>
/// <remarks>One caller at a time.</remarks>
public sealed class SeriesStore
{
    /// <summary>Series beyond this number are not kept.</summary>
    public const int Most = 256;

    // More than so many slots in one point are better read from the next coarser tier.
    private const int MostMerged = 6;

    // Between two threads of a daemon readings may come a moment late; more than this is a clock that was set back.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, ImmutableArray<SeriesRing>> series = new(StringComparer.Ordinal);
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    public IReadOnlyCollection<string> Names => series.Keys;

    internal IEnumerable<KeyValuePair<string, ImmutableArray<SeriesRing>>> All => series;

    /// <summary>Adds a reading; what is not a number is a gap. False when there are too many series already.</summary>
    /// <remarks>After a clock that was set back by more than a minute, what was read in the future is forgotten and the series go on.</remarks>
    public bool Add(string name, DateTimeOffset at, double? value)
    {
        if (at + Late < newest)
        {
            foreach (SeriesRing ring in series.Values.SelectMany(static rings => rings))
            {
                ring.ForgetAfter(at);
            }

            newest = at;
        }

        newest = at > newest ? at : newest;
        if (value is not { } number || !double.IsFinite(number))
        {
            return true;
        }

        if (Find(name) is not { IsDefault: false } found)
        {
            return false;
        }

        foreach (SeriesRing ring in found)
        {
            ring.Add(at, number);
        }

        return true;
    }

    /// <summary>What is kept of a series between two times, at the finest resolution that reaches back to <paramref name="from"/>; neighbouring slots are merged until there are at most <paramref name="points"/>.</summary>
    /// <returns>Null for an unknown name. The time axis has no holes: where nothing was read, values are null.</returns>
    public SeriesView? Read(string name, DateTimeOffset from, DateTimeOffset to, int points = 720)
    {
        if (!series.TryGetValue(name, out ImmutableArray<SeriesRing> rings))
        {
            return null;
        }

        if (to < from)
        {
            to = from;
        }

        SeriesRing ring = rings.FirstOrDefault(ring => from + ring.Tier.Span >= newest && (to - from) / ring.Tier.Step <= (double)points * MostMerged) ?? rings[^1];
        long last = ring.BucketOf(to);
        long first = Math.Max(ring.BucketOf(from), last - ring.Tier.Length + 1);
        long merged = Math.Max(1, (last - first + points - 1) / points);
        last /= merged;
        first = Math.Max(first / merged, last - points + 1);
        ImmutableArray<SeriesPoint>.Builder read = ImmutableArray.CreateBuilder<SeriesPoint>((int)(last - first + 1));
        for (long slot = first; slot <= last; slot++)
        {
            read.Add(merged == 1 ? ring.Read(slot) : Merge(ring, slot * merged, merged));
        }

        return new SeriesView(name, ring.Tier.Step * merged, read.ToImmutable());
    }

    private static SeriesPoint Merge(SeriesRing ring, long first, long count)
    {
        double sum = 0;
        int known = 0;
        double? largest = null;
        for (long bucket = first; bucket < first + count; bucket++)
        {
            if (ring.Read(bucket) is { Mean: { } mean } point)
            {
                sum += mean;
                known++;
                largest = largest is { } most && most > point.Largest ? most : point.Largest;
            }
        }

        return new SeriesPoint(ring.TimeOf(first), known > 0 ? sum / known : null, largest);
    }

    /// <summary>Rings of a series, made when they are missing; default when there are too many.</summary>
    internal ImmutableArray<SeriesRing> Find(string name)
    {
        if (series.TryGetValue(name, out ImmutableArray<SeriesRing> found) || series.Count >= Most)
        {
            return found;
        }

        found = [.. SeriesTier.All.Select(static tier => new SeriesRing(tier))];
        series.Add(name, found);
        return found;
    }

    internal void Restored(DateTimeOffset at) => newest = at > newest ? at : newest;
}
