using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Capacity;

/// <summary>The named locks, limits and quotas of the fleet, granted all together or not at all.</summary>
/// <remarks>
/// A shape that cannot have one of its locks sleeps at it, in order of priority and then of how long it has waited, and keeps its place
/// over repeated tries. Whoever comes later does not pass a sleeper it conflicts with, so an endless stream of shared claims cannot starve an
/// exclusive one.
/// </remarks>
internal sealed class LockTable
{
    private readonly Dictionary<(LockKind Kind, string Name), int> ids = [];
    private readonly List<LockState> locks = [];
    private readonly Dictionary<string, QuotaFeed> feeds = new(StringComparer.Ordinal); // readings, no facts
    private KernelLimits limits = KernelLimits.Default;
    private long lastTicket;

    /// <summary>Locks whose sleepers have to be looked at again because something changed.</summary>
    public SortedSet<int> Unsettled { get; } = [];

    public IReadOnlyList<LockState> All => locks;

    public LockState this[int id] => locks[id];

    public int Find(LockClaim claim)
    {
        LockKind kind = LockKinds.Of(claim.Mode);
        if (!ids.TryGetValue((kind, claim.Name), out int id))
        {
            id = locks.Count;
            ids.Add((kind, claim.Name), id);
            LockState added = new(claim.Name, kind, limits.LockUnits.GetValueOrDefault(claim.Name, 1)) { Feed = kind == LockKind.Quota ? FeedOf(claim.Name) : null };
            locks.Add(added);
            Retune(added, default);
        }

        return id;
    }

    /// <summary>Takes new limits over; what is held or was drawn stays so.</summary>
    public void Retune(KernelLimits changed, DateTimeOffset at)
    {
        limits = changed;
        for (int id = 0; id < locks.Count; id++)
        {
            Retune(locks[id], at);
            Unsettled.Add(id);
        }
    }

    /// <summary>Takes samples of what providers can feed.</summary>
    public void Feed(ImmutableArray<QuotaFeed> samples)
    {
        foreach (QuotaFeed sample in samples)
        {
            feeds[sample.Provider] = sample;
        }

        for (int id = 0; id < locks.Count; id++)
        {
            if (locks[id].Kind == LockKind.Quota)
            {
                locks[id].Feed = FeedOf(locks[id].Name);
                Unsettled.Add(id);
            }
        }
    }

    public void Take(ShapeQueue shape, DateTimeOffset at)
    {
        for (int i = 0; i < shape.Locks.Length; i++)
        {
            LockClaim claim = shape.Shape.Locks[i];
            locks[shape.Locks[i]].Take(claim.Mode, claim.Units, at);
        }
    }

    public void Release(ShapeQueue shape)
    {
        for (int i = 0; i < shape.Locks.Length; i++)
        {
            LockClaim claim = shape.Shape.Locks[i];
            locks[shape.Locks[i]].Release(claim.Mode, claim.Units);
        }

        Unsettle(shape);
    }

    public void Unsettle(ShapeQueue shape) => Unsettled.UnionWith(shape.Locks);

    /// <summary>The first lock that keeps the head of a shape from starting, or -1.</summary>
    /// <param name="priority">Priority of the task that asks.</param>
    /// <param name="reserving">The shape whose head holds the reservation of the node: its locks are kept for it, and of those
    /// who sleep only more urgent ones go before it. Null = none.</param>
    public int Obstacle(ShapeQueue shape, int priority, ShapeQueue? reserving, DateTimeOffset now)
    {
        for (int i = 0; i < shape.Locks.Length; i++)
        {
            LockClaim claim = shape.Shape.Locks[i];
            LockState held = locks[shape.Locks[i]];
            if (!held.Grants(claim.Mode, claim.Units, now)
                || (held.Sleepers.Min is { } first && first != shape && IsBefore(first, shape, priority, reserving) && Conflicts(first, held, claim))
                || (reserving is not null && reserving != shape && IsKept(reserving, held, claim, now)))
            {
                return shape.Locks[i];
            }
        }

        return -1;
    }

    /// <summary>Puts a shape to sleep at a lock; it keeps the ticket of its first sleep until it is admitted.</summary>
    public void Sleep(ShapeQueue shape, int id, int priority)
    {
        Ticket(shape);
        shape.SleepingPriority = priority;
        shape.SleepsAt = id;
        locks[id].Sleepers.Add(shape);
        if (locks[id].Kind == LockKind.Limit)
        {
            // Time alone wakes it, so the end of the turn has to find out when.
            Unsettled.Add(id);
        }
    }

    /// <summary>Gives a shape its place in time, unless it has one.</summary>
    public void Ticket(ShapeQueue shape) => shape.Ticket = shape.Ticket == 0 ? ++lastTicket : shape.Ticket;

    public void Remove(ShapeQueue shape)
    {
        LockState held = locks[shape.SleepsAt];
        held.Sleepers.Remove(shape);
        Unsettled.Add(shape.SleepsAt);
        shape.SleepsAt = -1;
    }

    /// <summary>True when the sleeper could have this one lock now.</summary>
    public bool CouldWake(ShapeQueue sleeper, ShapeQueue? reserving, DateTimeOffset now)
    {
        LockState held = locks[sleeper.SleepsAt];
        LockClaim claim = ClaimOf(sleeper, held);
        return held.Grants(claim.Mode, claim.Units, now)
            && (reserving is null || reserving == sleeper || !IsKept(reserving, held, claim, now));
    }

    /// <summary>When time will let the first sleeper at a limit go; null when something else has to happen.</summary>
    public DateTimeOffset? OpensAt(int id, DateTimeOffset now)
    {
        LockState held = locks[id];
        if (held is not { Kind: LockKind.Limit, Limit: { } limit, Sleepers.Min: { } first })
        {
            return null;
        }

        Opening opening = limit.OpeningFor(ClaimOf(first, held).Units, now);
        return opening.Kind == OpeningKind.Later ? opening.NotBefore : null;
    }

    public static LockClaim ClaimOf(ShapeQueue shape, LockState held) =>
        Find(shape, held) ?? throw new InvalidOperationException($"A shape that does not claim {held.Name} was looked up under it.");

    private static LockClaim? Find(ShapeQueue shape, LockState held)
    {
        foreach (LockClaim claim in shape.Shape.Locks)
        {
            if (claim.Name == held.Name && LockKinds.Of(claim.Mode) == held.Kind)
            {
                return claim;
            }
        }

        return null;
    }

    private void Retune(LockState held, DateTimeOffset at)
    {
        held.Units = limits.LockUnits.GetValueOrDefault(held.Name, 1);
        if (held.Kind == LockKind.Limit)
        {
            held.Limit = limits.Services.TryGetValue(held.Name, out LimitPolicy? policy) ? held.Limit?.Retuned(policy, at) ?? ServiceLimit.Of(policy) : null;
        }
    }

    /// <summary>Providers that stand for each other feed together; one of which nothing is known makes the sum unknown.</summary>
    private QuotaFeed? FeedOf(string name)
    {
        QuotaFeed? sum = null;
        foreach (string provider in name.Split('|'))
        {
            if (!feeds.TryGetValue(provider, out QuotaFeed? sample) || sample.Feeds is null)
            {
                return null;
            }

            sum = sum is null ? sample : sum with { Provider = name, Feeds = sum.Feeds + sample.Feeds, Used = Math.Min(sum.Used, sample.Used) };
        }

        return sum;
    }

    private static bool IsBefore(ShapeQueue sleeper, ShapeQueue shape, int priority, ShapeQueue? reserving) =>
        sleeper.SleepingPriority > priority
        || (sleeper.SleepingPriority == priority && shape != reserving && (shape.Ticket == 0 || sleeper.Ticket < shape.Ticket));

    private static bool Conflicts(ShapeQueue other, LockState held, LockClaim claim) =>
        Find(other, held) is { } theirs && (theirs.Mode != LockMode.Shared || claim.Mode != LockMode.Shared);

    /// <summary>Whether the head, which waits for something else, needs this for itself; of a limit or a quota others may have the rest.</summary>
    private static bool IsKept(ShapeQueue reserving, LockState held, LockClaim claim, DateTimeOffset now) => held.Kind == LockKind.Held
        ? Conflicts(reserving, held, claim)
        : Find(reserving, held) is { } theirs && !held.Grants(claim.Mode, claim.Units + theirs.Units, now);
}
