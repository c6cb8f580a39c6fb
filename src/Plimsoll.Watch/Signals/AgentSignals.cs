using Plimsoll.Core.Lifecycle;
using Plimsoll.Watch.Anomalies;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Signals of classes and agents: failures, breakers, availability.</summary>
internal sealed class AgentSignals
{
    private const int MostClasses = 256;
    private const int MostEnds = 2000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, Queue<(DateTimeOffset At, bool Failed)>> ends = new(StringComparer.Ordinal);

    public void Read(WatchSample sample, SignalSet set)
    {
        foreach (EndedAttempt ended in sample.Ended)
        {
            Add(ended, sample.At);
        }

        set.Set("class.failing", [.. Failing(sample.At)]);
        set.Set("breaker.open", [.. sample.Breakers.Where(static one => one.Open).Select(static one =>
            new SignalValue(one.Name, 1, $"{one.Failures} failures{(one.Until is { } until ? $", next try at {until:HH:mm:ss}" : "")}"))]);
        set.Set("agent.unavailable", [.. sample.Agents.Where(static one => one.Problem is not null).Select(static one => new SignalValue(one.Name, 1, one.Problem!))]);
    }

    // What the pressure ladder, a crash or a person ended says nothing about the class.
    private void Add(EndedAttempt ended, DateTimeOffset at)
    {
        if (ended.Outcome is AttemptOutcome.Evicted or AttemptOutcome.Lost or AttemptOutcome.Cancelled)
        {
            return;
        }

        if (!ends.TryGetValue(ended.Class, out Queue<(DateTimeOffset At, bool Failed)>? of))
        {
            if (ends.Count >= MostClasses)
            {
                return;
            }

            ends[ended.Class] = of = new();
        }

        of.Enqueue((at, ended.Outcome != AttemptOutcome.Succeeded));
        if (of.Count > MostEnds)
        {
            of.Dequeue();
        }
    }

    private List<SignalValue> Failing(DateTimeOffset at)
    {
        var values = new List<SignalValue>();
        foreach ((string name, Queue<(DateTimeOffset At, bool Failed)> of) in ends)
        {
            while (of.TryPeek(out (DateTimeOffset At, bool Failed) first) && first.At < at - Window)
            {
                of.Dequeue();
            }

            if (of.Count == 0)
            {
                ends.Remove(name);
                continue;
            }

            int failed = of.Count(static end => end.Failed);
            if (failed > 0)
            {
                values.Add(new SignalValue(name, Proportion.Lower(failed, of.Count), $"{failed} of {of.Count} attempts failed"));
            }
        }

        return values;
    }
}
