using Plimsoll.Core.Admission;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Capacity;

/// <summary>One named lock, limit or quota: who holds it and which shapes sleep until it changes.</summary>
internal sealed class LockState(string name, LockKind kind, int units)
{
    /// <summary>By priority, then by who has waited longest: nobody is passed for ever by equals.</summary>
    private static readonly Comparer<ShapeQueue> Order = Comparer<ShapeQueue>.Create(static (left, right) =>
    {
        int byPriority = right.SleepingPriority.CompareTo(left.SleepingPriority);
        return byPriority != 0 ? byPriority : left.Ticket.CompareTo(right.Ticket);
    });

    public string Name { get; } = name;

    public LockKind Kind { get; } = kind;

    public int Units { get; set; } = units;

    public int ExclusiveHolders { get; private set; }

    public int SharedHolders { get; private set; }

    /// <summary>Units of a counted lock that are taken; the live tasks that use a quota.</summary>
    public int UnitsTaken { get; private set; }

    /// <summary>Of a service outside; null for other kinds, and where none is configured any more: then nothing limits.</summary>
    public ServiceLimit? Limit { get; set; }

    /// <summary>The last sample of a quota, a reading and no fact; null while there is none: then nothing limits.</summary>
    public QuotaFeed? Feed { get; set; }

    /// <summary>When the first sleeper at a limit is looked at again; null when nobody waits for time.</summary>
    public DateTimeOffset? WakesAt { get; set; }

    public SortedSet<ShapeQueue> Sleepers { get; } = new(Order);

    /// <summary>Live tasks that the quota can feed; at least one, or nothing would ever use it.</summary>
    public int Places => Feed?.Feeds is { } feeds ? Math.Max(1, feeds) : int.MaxValue;

    /// <summary>True when the holders leave room for a claim.</summary>
    public bool Grants(LockMode mode, int units, DateTimeOffset now) => ExclusiveHolders == 0 && mode switch
    {
        LockMode.Drawn => Limit?.OpeningFor(units, now).IsNow ?? true,
        LockMode.Fed => UnitsTaken + units <= Places,
        LockMode.Exclusive => SharedHolders == 0 && UnitsTaken == 0,
        LockMode.Shared => UnitsTaken == 0,
        _ => SharedHolders == 0 && UnitsTaken + units <= Units,
    };

    public void Take(LockMode mode, int units, DateTimeOffset at)
    {
        if (mode == LockMode.Drawn)
        {
            Limit?.Take(units, at);
        }
        else
        {
            Count(mode, units, 1);
        }
    }

    public void Release(LockMode mode, int units)
    {
        if (mode != LockMode.Drawn)
        {
            Count(mode, units, -1);
        }
    }

    private void Count(LockMode mode, int units, int sign)
    {
        switch (mode)
        {
            case LockMode.Exclusive:
                ExclusiveHolders += sign;
                break;
            case LockMode.Shared:
                SharedHolders += sign;
                break;
            default:
                UnitsTaken += sign * units;
                break;
        }
    }
}
