namespace Plimsoll.Core.Admission;

/// <summary>Chooses among the runs: priority with age, then the smallest share of the node, then the order of their first tasks.</summary>
/// <remarks>A run that starts nothing gains a level of priority every ten minutes, so that no stream of better ones keeps it out for ever.</remarks>
internal sealed class Contest(KernelState state)
{
    private static readonly TimeSpan Ageing = TimeSpan.FromMinutes(10);

    /// <summary>Notes which runs begin to wait.</summary>
    public void Watch(DateTimeOffset now)
    {
        foreach (RunQueue run in state.Queues.Competing)
        {
            run.WaitsSince ??= now;
        }
    }

    public ShapeQueue? First(Func<CandidateKey, long> limit, DateTimeOffset now)
    {
        ShapeQueue? first = null;
        foreach (RunQueue run in state.Queues.Competing)
        {
            if (run.Candidates.First(limit) is { } next && (first is null || IsBefore(next, first, now)))
            {
                first = next;
            }
        }

        return first;
    }

    private bool IsBefore(ShapeQueue left, ShapeQueue right, DateTimeOffset now)
    {
        int byPriority = Priority(left, now).CompareTo(Priority(right, now));
        if (byPriority != 0)
        {
            return byPriority > 0;
        }

        (long bytes, long milliCores) = (state.Placement.TotalBytes, state.Placement.TotalMilliCores);
        int byShare = left.Run.Share(bytes, milliCores).CompareTo(right.Run.Share(bytes, milliCores));
        if (byShare != 0)
        {
            return byShare < 0;
        }

        int byCount = (left.Run.LiveCount / left.Run.Run.Weight).CompareTo(right.Run.LiveCount / right.Run.Run.Weight);
        return byCount != 0 ? byCount < 0 : state.Queues.Order.IsBefore(left.Head, right.Head);
    }

    private long Priority(ShapeQueue shape, DateTimeOffset now) =>
        state.Tasks.Priority[shape.Head] + (shape.Run.WaitsSince is { } since && now > since ? (now - since).Ticks / Ageing.Ticks : 0);
}
