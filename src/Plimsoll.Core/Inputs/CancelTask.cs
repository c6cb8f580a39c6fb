using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Cancels a task, ending its attempt if one is alive; its dependants are skipped.</summary>
public sealed record CancelTask(TaskId Task, string Reason) : Input;
