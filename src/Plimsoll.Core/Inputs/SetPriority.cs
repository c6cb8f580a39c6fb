using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Changes the priority of a task that has not started.</summary>
public sealed record SetPriority(TaskId Task, int Priority) : Input;
