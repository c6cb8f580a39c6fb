namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>What a contender stands for in the comparison.</summary>
public enum ContenderKind
{
    /// <summary>Everything at once: must be killed or stand still, otherwise the load proves nothing.</summary>
    Control,

    /// <summary>A width chosen beforehand, nothing else.</summary>
    StaticWidth,

    /// <summary>Another program that heeds memory, or a static policy of Plimsoll.</summary>
    Rival,

    /// <summary>The load line, with classes it has never seen.</summary>
    PlimsollFirst,

    /// <summary>The load line once more, with what it has learned.</summary>
    PlimsollAgain,
}
