namespace Plimsoll.Core.Limits;

/// <summary>What one live request has been charged so far.</summary>
internal sealed class Hold(HoldId id, long[] charged, DateTimeOffset takenAt, DateTimeOffset expires)
{
    public HoldId Id => id;

    /// <summary>Units by dimension.</summary>
    public long[] Charged => charged;

    public DateTimeOffset TakenAt => takenAt;

    public DateTimeOffset Expires => expires;
}
