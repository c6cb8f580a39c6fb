using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Counts what is watched from durable facts: starts, ends by class and outcome, durations, tokens.</summary>
/// <remarks>Facts come on the loop's thread; one sampler takes pictures. Bounded: classes beyond 200 are counted together.</remarks>
internal sealed class WatchTally(TaskRegistry registry) : IFactObserver
{
    /// <summary>Classes that are counted by name.</summary>
    public const int MostClasses = 200;

    /// <summary>Name of all others together.</summary>
    public const string Others = "(others)";

    private const int MostEnded = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ClassTally> classes = new(StringComparer.Ordinal); // guarded by gate
    private readonly List<EndedAttempt> ended = []; // guarded by gate
    private readonly DurationHistogram durations = new(); // guarded by gate
    private readonly DurationHistogram waits = new(); // guarded by gate
    private readonly Dictionary<AttemptId, DateTimeOffset> admitted = []; // owned by the loop's thread
    private readonly Dictionary<AttemptId, ModelUsage> used = []; // owned by the loop's thread
    private long started; // guarded by gate, with everything below
    private long finished;
    private long succeeded;
    private long kills;
    private long evictions;
    private long tokens;
    private long microDollars;

    /// <summary>Takes a fact of the journal: what lives is known, what was done before does not count.</summary>
    public void Recover(Fact fact)
    {
        switch (fact)
        {
            case AttemptAdmitted one:
                admitted[one.Attempt] = one.At;
                break;
            case AttemptFinished one:
                admitted.Remove(one.Attempt);
                used.Remove(one.Attempt);
                break;
            case ModelUsed one:
                used[one.Attempt] = one.Usage;
                break;
        }
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        lock (gate)
        {
            for (int i = 0; i < facts.Count; i++)
            {
                switch (facts[i])
                {
                    case AttemptAdmitted one:
                        Admit(one);
                        break;
                    case AttemptFinished one:
                        Finish(one);
                        break;
                    case ModelUsed one:
                        Use(one);
                        break;
                }
            }
        }
    }

    /// <summary>A copy of the counts; the attempts that have ended are handed out once.</summary>
    public TallyPicture Take()
    {
        lock (gate)
        {
            var picture = new TallyPicture(
                started, finished, succeeded, kills, evictions, tokens, microDollars, [.. ended], [.. classes.Values.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => one.Copy())], durations.Copy(), waits.Copy());
            ended.Clear();
            return picture;
        }
    }

    private void Admit(AttemptAdmitted one)
    {
        if (ShapeOf(one.Attempt) is not { Lease: null })
        {
            return;
        }

        admitted[one.Attempt] = one.At;
        started++;
        if (one.Attempt.Number == 1 && registry.Find(one.Attempt.Task.Run) is { } run)
        {
            waits.Add(one.At - run.AddedAt(one.Attempt.Task.Ordinal));
        }
    }

    private void Finish(AttemptFinished one)
    {
        used.Remove(one.Attempt);
        if (!admitted.Remove(one.Attempt, out DateTimeOffset since) || ShapeOf(one.Attempt) is not { Lease: null } shape)
        {
            return;
        }

        TimeSpan lasted = one.At - since;
        finished++;
        durations.Add(lasted);
        succeeded += one.Outcome == AttemptOutcome.Succeeded ? 1 : 0;
        evictions += one.Outcome == AttemptOutcome.Evicted ? 1 : 0;
        kills += one.Report.Evidence is MemoryEnd.OwnLimit or MemoryEnd.HostKiller ? 1 : 0;
        Of(shape.Class).Add(one.Outcome, lasted, one.Reason);
        if (ended.Count < MostEnded)
        {
            ended.Add(new EndedAttempt(one.Attempt, shape.Class, one.Outcome, lasted));
        }
    }

    private void Use(ModelUsed one)
    {
        ModelUsage more = one.Usage - used.GetValueOrDefault(one.Attempt);
        used[one.Attempt] = one.Usage;
        tokens += Math.Max(0, more.InputTokens + more.CachedTokens + more.OutputTokens);
        microDollars += Math.Max(0, more.MicroDollars);
    }

    private ClassTally Of(string name)
    {
        string known = classes.ContainsKey(name) || classes.Count < MostClasses ? name : Others;
        if (!classes.TryGetValue(known, out ClassTally? tally))
        {
            classes[known] = tally = new ClassTally(known);
        }

        return tally;
    }

    private TaskShape? ShapeOf(AttemptId attempt) => registry.Find(attempt.Task.Run)?.ShapeOf(attempt.Task.Ordinal);
}
