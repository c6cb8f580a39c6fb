using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;

namespace Plimsoll.Daemon.Hosting;

/// <summary>What the tasks of a run have used of models, by task and together; folded from durable facts.</summary>
/// <remarks>Written by the loop's thread; the sum is read after the loop has ended.</remarks>
internal sealed class UsageTally : IFactObserver
{
    private readonly Dictionary<AttemptId, ModelUsage> attempts = [];
    private readonly Dictionary<TaskId, ModelUsage> tasks = [];

    /// <summary>Of all attempts.</summary>
    public ModelUsage Total { get; private set; }

    /// <summary>Of all attempts of a task so far.</summary>
    public ModelUsage Of(TaskId task) => tasks.GetValueOrDefault(task);

    /// <summary>Of one attempt; null when it used nothing.</summary>
    public ModelUsage? Of(AttemptId attempt) => attempts.TryGetValue(attempt, out ModelUsage usage) ? usage : null;

    /// <summary>Tasks that spent most, the largest first; called on the loop's thread.</summary>
    public IReadOnlyList<KeyValuePair<TaskId, ModelUsage>> Largest(int most)
    {
        var largest = new PriorityQueue<KeyValuePair<TaskId, ModelUsage>, (long, long)>();
        foreach (KeyValuePair<TaskId, ModelUsage> one in tasks)
        {
            if (one.Value.Calls > 0)
            {
                (long, long) size = (one.Value.MicroDollars, one.Value.InputTokens + one.Value.OutputTokens);
                if (largest.Count < most)
                {
                    largest.Enqueue(one, size);
                }
                else
                {
                    largest.EnqueueDequeue(one, size);
                }
            }
        }

        return [.. largest.UnorderedItems.OrderByDescending(static item => item.Priority).Select(static item => item.Element)];
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            if (facts[i] is ModelUsed used)
            {
                Observe(used);
            }
        }
    }

    public void Observe(ModelUsed fact)
    {
        ModelUsage more = fact.Usage - attempts.GetValueOrDefault(fact.Attempt);
        attempts[fact.Attempt] = fact.Usage;
        tasks[fact.Attempt.Task] = tasks.GetValueOrDefault(fact.Attempt.Task) + more;
        Total += more;
    }

    /// <summary>For people and scripts; null when nothing was used.</summary>
    public static ModelUsageView? View(ModelUsage? usage) => usage is not { } used || (used.Calls == 0 && used.Refusals == 0) ? null : new ModelUsageView(
        used.Calls,
        used.InputTokens,
        used.CachedTokens,
        used.OutputTokens,
        used.MicroDollars / 1e6,
        used.Refusals,
        used.Queued.TotalSeconds);
}
