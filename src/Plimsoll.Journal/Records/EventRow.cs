using System.Text.Json;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Records;

/// <summary>A fact as a row of the event table; turns into the same fact again.</summary>
internal sealed record EventRow(DateTimeOffset At, string Kind, RunId? Run, TaskId? Task, EventDetail Detail)
{
    internal string Json => JsonSerializer.Serialize(Detail, JournalJson.Readable.EventDetail);

    internal static EventDetail Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, JournalJson.Readable.EventDetail) ?? EventDetail.Empty;

    /// <summary>The row of any fact but an attempt's admission, life, use and end.</summary>
    internal static EventRow Of(Fact fact) => fact switch
    {
        RunOpened x => new(x.At, EventKind.RunOpened, x.Run, null, new() { Ticket = x.Ticket, Name = x.Name, Origin = x.Origin }),
        RunSealed x => new(x.At, EventKind.RunSealed, x.Run, null, EventDetail.Empty),
        RunFinished x => new(x.At, EventKind.RunFinished, x.Run, null, EventDetail.Empty),
        RunCancelled x => new(x.At, EventKind.RunCancelled, x.Run, null, new() { Reason = x.Reason }),
        TasksAdded x => new(x.At, EventKind.TasksAdded, x.Run, null, new() { Count = x.Block.Count }),
        TasksCancelled x => new(x.At, EventKind.TasksCancelled, x.Tasks[0].Run, null, new() { Tasks = OrdinalList.Write(x.Tasks), Reason = x.Reason }),
        TasksRequeued x => new(x.At, EventKind.TasksRequeued, x.Tasks[0].Run, null, new() { Tasks = OrdinalList.Write(x.Tasks), Reason = x.Reason }),
        TasksSkipped x => new(x.At, EventKind.TasksSkipped, x.Tasks[0].Run, null, new() { Tasks = OrdinalList.Write(x.Tasks), Cause = x.Cause.Ordinal, Reason = x.Reason }),
        ConditionSettled x => new(x.At, EventKind.ConditionSettled, x.Task.Run, x.Task, EventDetail.Empty),
        PriorityChanged x => new(x.At, EventKind.PriorityChanged, x.Task.Run, x.Task, new() { Priority = x.Priority }),
        AttemptKilled x => new(x.At, EventKind.AttemptKilled, x.Attempt.Task.Run, x.Attempt.Task, new() { Number = x.Attempt.Number, Fence = x.Attempt.Fence, Kill = x.Reason, Reason = x.Detail }),
        BreakerChanged x => new(x.At, EventKind.BreakerChanged, null, null, new() { Class = x.Class, OpenUntil = x.OpenUntil, Reason = x.Reason }),
        ClassLearned x => new(x.At, EventKind.ClassLearned, null, null, new() { Class = x.Class, Profile = x.Profile }),
        ClassWidthChanged x => new(x.At, EventKind.ClassWidthChanged, null, null, new() { Class = x.Class, Width = x.Width, Reason = x.Reason }),
        NeedRaised x => new(x.At, EventKind.NeedRaised, x.Task.Run, x.Task, new() { Memory = x.Memory.Value, Exclusive = x.Exclusive, Reason = x.Reason }),
        AttemptFrozen x => new(x.At, EventKind.AttemptFrozen, x.Attempt.Task.Run, x.Attempt.Task, new() { Number = x.Attempt.Number, Fence = x.Attempt.Fence }),
        AttemptThawed x => new(x.At, EventKind.AttemptThawed, x.Attempt.Task.Run, x.Attempt.Task, new() { Number = x.Attempt.Number, Fence = x.Attempt.Fence }),
        StreamsKept x => new(x.At, EventKind.StreamsKept, x.Attempt.Task.Run, x.Attempt.Task, new() { Number = x.Attempt.Number, Fence = x.Attempt.Fence, Streams = x.Streams, Memory = x.Bytes }),
        GuardStepped x => GuardDetail.RowOf(x),
        LimitsChanged x => new(x.At, EventKind.LimitsChanged, x.Run, null, new() { Limits = x.Limits }),
        NodeChanged x => new(x.At, EventKind.NodeChanged, null, null, new() { Node = x.Node.Value, Capacity = x.Capacity }),
        IntakeChanged x => new(x.At, EventKind.IntakeChanged, null, null, new() { Paused = x.Paused, Reason = x.Reason }),
        _ => throw new InvalidOperationException($"the journal cannot store {fact.GetType().Name} yet: add it to EventRow"),
    };

    private AttemptId Attempt => new(Task ?? default, Detail.Number ?? 0, Detail.Fence ?? 0);

    /// <summary>The fact of any kind but <see cref="EventKind.TasksAdded"/>, whose tasks have rows of their own.</summary>
    internal Fact ToFact()
    {
        RunId run = Run ?? default;
        TaskId task = Task ?? default;
        string reason = Detail.Reason ?? "";
        return Kind switch
        {
            EventKind.RunOpened => new RunOpened(At, run, Detail.Ticket ?? 0, Detail.Name ?? "", Detail.Origin ?? "{}"),
            EventKind.RunSealed => new RunSealed(At, run),
            EventKind.RunFinished => new RunFinished(At, run),
            EventKind.RunCancelled => new RunCancelled(At, run, reason),
            EventKind.TasksCancelled => new TasksCancelled(At, OrdinalList.Read(run, Detail.Tasks), reason),
            EventKind.TasksRequeued => new TasksRequeued(At, OrdinalList.Read(run, Detail.Tasks), reason),
            EventKind.TasksSkipped => new TasksSkipped(At, OrdinalList.Read(run, Detail.Tasks), new TaskId(run, Detail.Cause ?? 0), reason),
            EventKind.ConditionSettled => new ConditionSettled(At, task),
            EventKind.PriorityChanged => new PriorityChanged(At, task, Detail.Priority ?? 0),
            EventKind.AttemptKilled => new AttemptKilled(At, Attempt, Detail.Kill ?? KillReason.Cancelled, reason),
            EventKind.BreakerChanged => new BreakerChanged(At, Detail.Class ?? "", Detail.OpenUntil, reason),
            EventKind.ClassLearned => new ClassLearned(At, Detail.Class ?? "", Detail.Profile ?? ProfileSnapshot.Empty),
            EventKind.ClassWidthChanged => new ClassWidthChanged(At, Detail.Class ?? "", Detail.Width, reason),
            EventKind.NeedRaised => new NeedRaised(At, task, new Bytes(Detail.Memory ?? 0), Detail.Exclusive ?? false, reason),
            EventKind.AttemptFrozen => new AttemptFrozen(At, Attempt),
            EventKind.AttemptThawed => new AttemptThawed(At, Attempt),
            EventKind.StreamsKept => new StreamsKept(At, Attempt, Detail.Streams ?? 0, Detail.Memory ?? 0),
            EventKind.GuardStepped when Detail.Guard is { } guard => guard.ToFact(At, Task is null ? default : Attempt),
            EventKind.LimitsChanged => new LimitsChanged(At, Detail.Limits ?? KernelLimits.Default, Run),
            EventKind.NodeChanged => new NodeChanged(At, new NodeId(Detail.Node ?? 0), Detail.Capacity),
            EventKind.IntakeChanged => new IntakeChanged(At, Detail.Paused ?? false, reason),
            _ => throw new InvalidDataException($"unknown kind of event '{Kind}' in the journal"),
        };
    }
}
