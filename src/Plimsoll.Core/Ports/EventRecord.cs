using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Ports;

/// <summary>A fact that is neither a task nor an attempt, as the journal holds it.</summary>
/// <param name="Detail">JSON object.</param>
public sealed record EventRecord(long Sequence, DateTimeOffset At, string Kind, TaskId? Task, string Detail);
