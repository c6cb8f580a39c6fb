namespace Plimsoll.Watch.Signals;

/// <summary>Mean duration of a class that forgets with a half-life of two hours: slow enough that a fall does not become the usual before it is told.</summary>
internal sealed class UsualDuration
{
    private const double HalfLifeSeconds = 7200;
    private const double LeastSeconds = 0.05;

    private double weight;
    private double weighted;

    public int Count { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public double MeanSeconds => weight > 0 ? Math.Max(LeastSeconds, weighted / weight) : LeastSeconds;

    public void Learn(TimeSpan lasted, DateTimeOffset at)
    {
        double kept = Count == 0 ? 0 : Math.Pow(0.5, Math.Max(0, (at - LastAt).TotalSeconds) / HalfLifeSeconds);
        weight = (weight * kept) + 1;
        weighted = (weighted * kept) + lasted.TotalSeconds;
        LastAt = at;
        Count++;
    }
}
