namespace Plimsoll.Core.Capacity;

/// <summary>Which kind of name a claim is about.</summary>
internal static class LockKinds
{
    public static LockKind Of(LockMode mode) => mode switch
    {
        LockMode.Drawn => LockKind.Limit,
        LockMode.Fed => LockKind.Quota,
        _ => LockKind.Held,
    };
}
