namespace Plimsoll.Core.Watching;

/// <summary>What <c>scaling:</c> of the configuration says.</summary>
/// <param name="Least">Fewest nodes to ask for.</param>
/// <param name="Most">Most nodes to ask for, at most 20.</param>
/// <param name="Hook">Told by POST when another number of nodes is wanted; null = nobody is.</param>
public sealed record ScalingHookSettings(int Least, int Most, string? Hook)
{
    public const int Largest = 20;

    public static ScalingHookSettings Default { get; } = new(1, Largest, null);
}
