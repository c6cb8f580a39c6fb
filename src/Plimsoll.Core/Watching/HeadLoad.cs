using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Watching;

/// <summary>The next task of a shape to start.</summary>
/// <param name="Ready">How many tasks of the shape are ready.</param>
/// <param name="SinceItWasAdded">True when it has waited since it was added: it has no needs and was not tried before.</param>
public readonly record struct HeadLoad(TaskId Task, int Ready, bool SinceItWasAdded);
