namespace Plimsoll.Plans.Reading;

/// <summary>Bounds that no honest plan reaches and no hostile one passes.</summary>
internal static class ReadingLimits
{
    /// <summary>Characters of one file.</summary>
    public const int Characters = 64 * 1024 * 1024;

    /// <summary>Levels of lists and mappings inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Values of one file.</summary>
    public const int Nodes = 20_000_000;

    /// <summary>Values that aliases may add by pointing at others.</summary>
    public const int AliasedNodes = 1_000_000;
}
