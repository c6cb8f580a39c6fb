using Plimsoll.Core.Identity;

namespace Plimsoll.Watch.Samples;

/// <summary>The ready task that waits longest.</summary>
/// <param name="Code">Code of the deciding reason, see <see cref="Core.Explain.WaitReason.Code"/>.</param>
/// <param name="Reason">One line for people.</param>
public sealed record OldestReady(TaskId Task, string Name, DateTimeOffset Since, string Code, string Reason);
