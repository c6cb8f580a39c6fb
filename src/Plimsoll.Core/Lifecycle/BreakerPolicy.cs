namespace Plimsoll.Core.Lifecycle;

/// <summary>When a class is held because it keeps failing.</summary>
/// <param name="Failures">Opens after this many failures, with no success between them, inside <paramref name="Window"/>.</param>
/// <param name="OpenFor">Time until one probe may start.</param>
/// <remarks>Evictions, losses and cancellations never count.</remarks>
public sealed record BreakerPolicy(int Failures, TimeSpan Window, TimeSpan OpenFor)
{
    public static BreakerPolicy Default { get; } = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
}
