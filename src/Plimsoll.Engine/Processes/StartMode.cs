namespace Plimsoll.Engine.Processes;

/// <summary>Who watches a started command.</summary>
public enum StartMode : byte
{
    /// <summary>A small shell that claims the attempt, outlives Plimsoll and records the exit code.</summary>
    Supervised = 0,

    /// <summary>Plimsoll itself; for short commands whose loss in a crash only means a repetition.</summary>
    Direct = 1,
}
