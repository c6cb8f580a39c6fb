namespace Plimsoll.Watch.Series;

/// <summary>One resolution of a series: a ring of <paramref name="Length"/> slots of <paramref name="Step"/> each.</summary>
public sealed record SeriesTier(TimeSpan Step, int Length)
{
    /// <summary>1 s for 10 min, 10 s for 6 h, 5 min for 30 days.</summary>
    public static IReadOnlyList<SeriesTier> All { get; } =
    [
        new(TimeSpan.FromSeconds(1), 600),
        new(TimeSpan.FromSeconds(10), 2160),
        new(TimeSpan.FromMinutes(5), 8640),
    ];

    public TimeSpan Span => Step * Length;
}
