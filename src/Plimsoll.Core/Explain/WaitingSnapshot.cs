using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Explain;

/// <summary>One task that could run and does not, with the reason that decides.</summary>
public sealed record WaitingSnapshot(TaskId Task, string Name, WaitReason Reason);
