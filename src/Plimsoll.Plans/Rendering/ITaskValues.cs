using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Plans.Rendering;

/// <summary>What a task may know about the tasks before it, by full task name (<c>review[a.cs]</c>), within its run.</summary>
public interface ITaskValues
{
    /// <summary>The output of a need's successful attempt; null when it wrote none with this key.</summary>
    string? Output(string need, string key);

    /// <summary>The state of a need; null when it is unknown.</summary>
    TaskState? Outcome(string need);
}
