namespace Plimsoll.Core.Limits;

/// <summary>What happens to a request that is larger than the capacity of a limit.</summary>
public enum Oversize
{
    /// <summary>It passes when the limit is at its fullest and is charged in full: the level becomes negative.</summary>
    Debt,

    /// <summary>It passes when the limit is at its fullest and is charged the capacity.</summary>
    FullBucket,

    /// <summary>It never passes.</summary>
    Refuse,
}
