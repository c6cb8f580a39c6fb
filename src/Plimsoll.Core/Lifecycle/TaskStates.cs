namespace Plimsoll.Core.Lifecycle;

/// <summary>Groups of task states.</summary>
public static class TaskStates
{
    /// <summary>Number of states: the length of an array of counts.</summary>
    public const int Count = (int)TaskState.Skipped + 1;

    /// <summary>True for succeeded, failed, dead, cancelled and skipped.</summary>
    public static bool HasEnded(this TaskState state) => state >= TaskState.Succeeded;

    /// <summary>True while an attempt holds capacity.</summary>
    public static bool IsLive(this TaskState state) => state is TaskState.Admitted or TaskState.Running or TaskState.Frozen;
}
