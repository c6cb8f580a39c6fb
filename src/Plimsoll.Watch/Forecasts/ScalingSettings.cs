namespace Plimsoll.Watch.Forecasts;

/// <summary>When a fleet grows and shrinks.</summary>
/// <param name="Least">Nodes, at least 1.</param>
/// <param name="Most">Nodes, at most 20.</param>
/// <param name="UpAfter">Grow when a ready task has waited so long.</param>
/// <param name="DownBelow">Shrink when less than this share of what would be left is used.</param>
/// <param name="IdleFor">How long that must have been so.</param>
/// <param name="CoolDown">Between two changes.</param>
public sealed record ScalingSettings(int Least, int Most, TimeSpan UpAfter, double DownBelow, TimeSpan IdleFor, TimeSpan CoolDown)
{
    public const int Largest = 20;

    public static ScalingSettings Default { get; } = new(1, Largest, TimeSpan.FromMinutes(1), 0.7, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(3));
}
