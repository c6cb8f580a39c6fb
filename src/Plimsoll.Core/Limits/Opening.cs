namespace Plimsoll.Core.Limits;

/// <summary>When a request fits, and what it waits for.</summary>
/// <param name="NotBefore">The exact moment for <see cref="OpeningKind.Later"/>, a lower bound for <see cref="OpeningKind.OnRelease"/>.</param>
/// <param name="Blocking">The dimension that decides; null when it fits or a single limit was asked.</param>
public readonly record struct Opening(OpeningKind Kind, DateTimeOffset NotBefore, Dimension? Blocking = null)
{
    public static Opening Now => default;

    public static Opening OnRelease => new(OpeningKind.OnRelease, default);

    public static Opening Never => new(OpeningKind.Never, DateTimeOffset.MaxValue);

    public bool IsNow => Kind == OpeningKind.Now;

    public static Opening Later(DateTimeOffset at) => new(OpeningKind.Later, at);

    /// <summary>When both are open: the worse kind, and no earlier than either.</summary>
    public Opening And(Opening other)
    {
        bool worse = other.Kind > Kind || (other.Kind == Kind && other.NotBefore > NotBefore);
        DateTimeOffset notBefore = other.NotBefore > NotBefore ? other.NotBefore : NotBefore;
        return (worse ? other : this) with { NotBefore = notBefore };
    }
}
