using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Puts a failed, dead, cancelled or skipped task back with a fresh set of attempts, and the dependants that were skipped because of it.</summary>
public sealed record RetryTask(TaskId Task) : Input;
