using System.Collections.Immutable;
using Plimsoll.Core.Admission;

namespace Plimsoll.Core.Capacity;

/// <summary>The named locks of the fleet, granted all together or not at all.</summary>
/// <remarks>
/// A shape that cannot have one of its locks sleeps at it, in order of priority and then of how long it has waited, and keeps its place
/// over repeated tries. Whoever comes later does not pass a sleeper it conflicts with, so an endless stream of shared claims cannot starve an
/// exclusive one.
/// </remarks>
internal sealed class LockTable
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<LockState> locks = [];
    private ImmutableDictionary<string, int> units = ImmutableDictionary<string, int>.Empty;
    private long lastTicket;

    /// <summary>Locks whose sleepers have to be looked at again because something changed.</summary>
    public SortedSet<int> Unsettled { get; } = [];

    public IReadOnlyList<LockState> All => locks;

    public LockState this[int id] => locks[id];

    public int Find(string name)
    {
        if (!ids.TryGetValue(name, out int id))
        {
            id = locks.Count;
            ids.Add(name, id);
            locks.Add(new LockState(name, units.GetValueOrDefault(name, 1)));
        }

        return id;
    }

    public void Retune(ImmutableDictionary<string, int> lockUnits)
    {
        units = lockUnits;
        for (int id = 0; id < locks.Count; id++)
        {
            locks[id].Units = units.GetValueOrDefault(locks[id].Name, 1);
            Unsettled.Add(id);
        }
    }

    public void Take(ShapeQueue shape)
    {
        for (int i = 0; i < shape.Locks.Length; i++)
        {
            LockClaim claim = shape.Shape.Locks[i];
            locks[shape.Locks[i]].Take(claim.Mode, claim.Units);
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
    public int Obstacle(ShapeQueue shape, int priority, ShapeQueue? reserving)
    {
        for (int i = 0; i < shape.Locks.Length; i++)
        {
            LockClaim claim = shape.Shape.Locks[i];
            LockState held = locks[shape.Locks[i]];
            if (!held.Grants(claim.Mode, claim.Units)
                || (held.Sleepers.Min is { } first && first != shape && IsBefore(first, shape, priority, reserving) && Conflicts(first, held.Name, claim))
                || (reserving is not null && reserving != shape && Conflicts(reserving, held.Name, claim)))
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
    public bool CouldWake(ShapeQueue sleeper, ShapeQueue? reserving)
    {
        LockState held = locks[sleeper.SleepsAt];
        LockClaim claim = ClaimOf(sleeper, held.Name);
        return held.Grants(claim.Mode, claim.Units)
            && (reserving is null || reserving == sleeper || !Conflicts(reserving, held.Name, claim));
    }

    public static LockClaim ClaimOf(ShapeQueue shape, string name)
    {
        foreach (LockClaim claim in shape.Shape.Locks)
        {
            if (claim.Name == name)
            {
                return claim;
            }
        }

        throw new InvalidOperationException($"A shape that does not claim the lock {name} was looked up under it.");
    }

    private static bool IsBefore(ShapeQueue sleeper, ShapeQueue shape, int priority, ShapeQueue? reserving) =>
        sleeper.SleepingPriority > priority
        || (sleeper.SleepingPriority == priority && shape != reserving && (shape.Ticket == 0 || sleeper.Ticket < shape.Ticket));

    private static bool Conflicts(ShapeQueue other, string name, LockClaim claim)
    {
        foreach (LockClaim theirs in other.Shape.Locks)
        {
            if (theirs.Name == name)
            {
                return theirs.Mode != LockMode.Shared || claim.Mode != LockMode.Shared;
            }
        }

        return false;
    }
}
