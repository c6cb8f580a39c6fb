using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>An accepted task: durable, and never lost from now on.</summary>
/// <param name="Repeated">True when an earlier submission with the same key made it.</param>
internal readonly record struct Submitted(TaskId Task, string Name, bool Repeated);
