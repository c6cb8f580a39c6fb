using Plimsoll.Core.Lifecycle;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Tests.Watch;

/// <summary>Four places that always run tasks of one class, one after the other, with durations spread by a third.</summary>
internal sealed class SteadyWork(double seconds)
{
    private readonly Random random = new(3);
    private readonly (int Ordinal, DateTimeOffset Since, double Lasts)[] places = new (int, DateTimeOffset, double)[4];
    private int next;

    public WatchSample At(WatchSample sample)
    {
        var ended = new List<EndedAttempt>();
        for (int i = 0; i < places.Length; i++)
        {
            (int ordinal, DateTimeOffset since, double lasts) = places[i];
            if (lasts == 0 || (sample.At - since).TotalSeconds >= lasts)
            {
                if (lasts > 0)
                {
                    ended.Add(Readings.Ended(ordinal, "unit", AttemptOutcome.Succeeded, lasts));
                }

                places[i] = (next++, sample.At, seconds * (0.7 + (random.NextDouble() * 0.6)));
            }
        }

        return sample with
        {
            Ended = [.. ended],
            Attempts = [.. places.Select(place => Readings.Live(place.Ordinal, "unit", place.Since) with { LastOutputAt = sample.At })],
        };
    }
}
