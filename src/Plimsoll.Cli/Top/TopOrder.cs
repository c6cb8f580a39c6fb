namespace Plimsoll.Cli.Top;

/// <summary>In which order running tasks are shown.</summary>
internal enum TopOrder
{
    /// <summary>The one that holds most first.</summary>
    Memory,

    /// <summary>The one that runs longest first.</summary>
    Time,

    /// <summary>By name.</summary>
    Name,
}
