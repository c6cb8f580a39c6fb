namespace Plimsoll.Watch.Signals;

/// <summary>How long the attempts of each class were silent and yet succeeded: what silence may be called stuck.</summary>
/// <remarks>
/// Twice the longest silence of the last 64 successes, three times while fewer than 32 are known, and a fixed time below 8. If silences fall off
/// exponentially, twice the largest of 64 is exceeded by about 1 attempt in 10,000 or fewer.
/// </remarks>
internal sealed class SilenceProfile
{
    private const int Kept = 64;
    private const int Enough = 32;
    private const int Fewest = 8;
    private const int MostClasses = 256;

    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    private readonly Dictionary<string, (Queue<TimeSpan> Silences, DateTimeOffset At)> classes = new(StringComparer.Ordinal);

    public void Learn(string name, TimeSpan silence, DateTimeOffset at)
    {
        if (!classes.TryGetValue(name, out (Queue<TimeSpan> Silences, DateTimeOffset At) known))
        {
            if (classes.Count >= MostClasses)
            {
                classes.Remove(classes.MinBy(static pair => pair.Value.At).Key);
            }

            known = (new Queue<TimeSpan>(), at);
        }

        known.Silences.Enqueue(silence);
        if (known.Silences.Count > Kept)
        {
            known.Silences.Dequeue();
        }

        classes[name] = (known.Silences, at);
    }

    /// <summary>From what silence on an attempt of the class counts as stuck.</summary>
    public TimeSpan Allowed(string name)
    {
        if (!classes.TryGetValue(name, out (Queue<TimeSpan> Silences, DateTimeOffset At) known) || known.Silences.Count < Fewest)
        {
            return Unknown;
        }

        TimeSpan allowed = known.Silences.Max() * (known.Silences.Count < Enough ? 3 : 2);
        return allowed < Least ? Least : allowed > Longest ? Longest : allowed;
    }

    public string Describe(string name) =>
        classes.TryGetValue(name, out (Queue<TimeSpan> Silences, DateTimeOffset At) known) && known.Silences.Count >= Fewest
            ? $"{known.Silences.Count} successes of {name} were silent for {Figure.Of(known.Silences.Max())} at most, so {Figure.Of(Allowed(name))} is allowed"
            : $"too little is known of {name}, so {Figure.Of(Unknown)} is allowed";
}
