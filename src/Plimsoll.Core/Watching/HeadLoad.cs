using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Watching;

/// <summary>The next task of a shape to start.</summary>
/// <param name="Ready">How many tasks of the shape are ready.</param>
/// <param name="Since">When it became ready.</param>
public readonly record struct HeadLoad(TaskId Task, int Ready, DateTimeOffset Since);
