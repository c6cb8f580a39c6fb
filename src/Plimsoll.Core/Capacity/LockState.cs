using Plimsoll.Core.Admission;

namespace Plimsoll.Core.Capacity;

/// <summary>One named lock: who holds it and which shapes sleep until it changes.</summary>
internal sealed class LockState(string name, int units)
{
    /// <summary>By priority, then by who has waited longest: nobody is passed for ever by equals.</summary>
    private static readonly Comparer<ShapeQueue> Order = Comparer<ShapeQueue>.Create(static (left, right) =>
    {
        int byPriority = right.SleepingPriority.CompareTo(left.SleepingPriority);
        return byPriority != 0 ? byPriority : left.Ticket.CompareTo(right.Ticket);
    });

    public string Name { get; } = name;

    public int Units { get; set; } = units;

    public int ExclusiveHolders { get; private set; }

    public int SharedHolders { get; private set; }

    public int UnitsTaken { get; private set; }

    public SortedSet<ShapeQueue> Sleepers { get; } = new(Order);

    /// <summary>True when the holders leave room for a claim.</summary>
    public bool Grants(LockMode mode, int units) => ExclusiveHolders == 0 && mode switch
    {
        LockMode.Exclusive => SharedHolders == 0 && UnitsTaken == 0,
        LockMode.Shared => UnitsTaken == 0,
        _ => SharedHolders == 0 && UnitsTaken + units <= Units,
    };

    public void Take(LockMode mode, int units) => Count(mode, units, 1);

    public void Release(LockMode mode, int units) => Count(mode, units, -1);

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
