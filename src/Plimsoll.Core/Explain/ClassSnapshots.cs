using System.Collections.Immutable;
using Plimsoll.Core.Admission;

namespace Plimsoll.Core.Explain;

/// <summary>Takes pictures of classes.</summary>
internal readonly struct ClassSnapshots(KernelState state)
{
    /// <summary>The first names behind a name, kept in a heap of the page's size: a listing never sorts every class.</summary>
    public ImmutableArray<ClassSnapshot> Take(string after, int limit)
    {
        var first = new PriorityQueue<ClassState, string>(Comparer<string>.Create(static (left, right) => string.CompareOrdinal(right, left)));
        foreach (ClassState one in state.Queues.Classes.Values)
        {
            if (string.CompareOrdinal(one.Name, after) > 0)
            {
                first.Enqueue(one, one.Name);
                if (first.Count > limit)
                {
                    first.Dequeue();
                }
            }
        }

        return [.. first.UnorderedItems.Select(static item => item.Element).OrderBy(static one => one.Name, StringComparer.Ordinal).Select(Of)];
    }

    public ClassSnapshot? Find(string name) => state.Queues.Classes.TryGetValue(name, out ClassState? one) ? Of(one) : null;

    private static ClassSnapshot Of(ClassState one) => new(
        one.Name,
        one.LiveCount,
        one.Shapes.Sum(static shape => (long)shape.Count),
        one.Width,
        BreakerOf(one),
        one.Profile.HasSamples ? one.Profile.Save() : null);

    public static BreakerSnapshot? BreakerOf(ClassState one) => one.Breaker.OpenUntil is { } until
        ? new BreakerSnapshot(one.Name, until, one.Breaker.IsHalfOpen || one.Breaker.ProbeFence != 0, one.Breaker.FailureCount)
        : null;
}
