using System.Collections.Immutable;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.InMemory;

/// <summary>All facts, and what they say about runs and tasks; used under the ledger's lock.</summary>
internal sealed class MemoryView
{
    internal List<MemoryEntry> Facts { get; } = [];

    internal Dictionary<int, MemoryRun> Runs { get; } = [];

    internal RunId LastRun { get; private set; }

    internal DateTimeOffset LastAt { get; private set; } = DateTimeOffset.UnixEpoch;

    internal IEnumerable<MemoryTask> Tasks(RunId run) => Runs.TryGetValue(run.Value, out MemoryRun? known) ? known.Tasks.Values : [];

    internal MemoryTask? Task(TaskId task) => Runs.GetValueOrDefault(task.Run.Value)?.Tasks.GetValueOrDefault(task.Ordinal);

    /// <summary>The place of the newest use of each attempt; what was known before is not kept.</summary>
    private readonly Dictionary<AttemptId, long> used = [];

    private readonly Dictionary<(string Kind, string Key), ServiceRecord> records = [];

    internal List<Fact> FactsOf(RunId run) => [.. Facts.Where(entry => FactRun.Of(entry.Fact) == run && IsKept(entry)).Select(entry => entry.Fact)];

    internal List<Fact> Unfinished()
    {
        HashSet<long> newest = [.. Facts.Where(entry => FactRun.Of(entry.Fact) is null)
            .GroupBy(entry => (entry.Fact.GetType(), FactRun.ClassOf(entry.Fact)))
            .Select(group => group.Last().Position)];
        return [.. Facts.Where(entry => FactRun.Of(entry.Fact) is { } run ? Runs[run.Value].FinishedAt is null && IsKept(entry) : newest.Contains(entry.Position)).Select(entry => entry.Fact)];
    }

    /// <summary>What a service remembers of a kind, in ordinal order of the keys.</summary>
    internal IEnumerable<ServiceRecord> Records(string kind, string after) => records.Values
        .Where(record => record.Kind == kind && string.CompareOrdinal(record.Key, after) > 0)
        .OrderBy(record => record.Key, StringComparer.Ordinal);

    internal void Add(Fact fact)
    {
        if (fact is RecordsChanged changed)
        {
            Remember(changed);
            return;
        }

        Facts.Add(new MemoryEntry(Facts.Count + 1, fact));
        LastAt = fact.At;
        if (fact is ModelUsed use)
        {
            used[use.Attempt] = Facts.Count;
        }

        switch (fact)
        {
            case RunOpened x:
                Runs.Add(x.Run.Value, new MemoryRun(x));
                LastRun = new RunId(Math.Max(LastRun.Value, x.Run.Value));
                break;
            case RunSealed x:
                Runs[x.Run.Value].Sealed = true;
                break;
            case RunCancelled x:
                Runs[x.Run.Value].Cancelled = true;
                break;
            case RunFinished x:
                Runs[x.Run.Value].FinishedAt = x.At;
                break;
            case TasksAdded x:
                Add(x);
                break;
            case TasksCancelled x:
                Move(x.Tasks, TaskState.Cancelled, x.At, x.Reason);
                break;
            case TasksSkipped x:
                Move(x.Tasks, TaskState.Skipped, x.At, x.Reason);
                break;
            case TasksRequeued x:
                Move(x.Tasks, TaskState.Waiting, x.At, x.Reason);
                Runs[x.Tasks[0].Run.Value].FinishedAt = null;
                break;
            case PriorityChanged x when Task(x.Task) is { } task:
                task.Priority = x.Priority;
                break;
            default:
                AddAttempt(fact);
                break;
        }
    }

    private void Remember(RecordsChanged fact)
    {
        LastAt = fact.At;
        foreach (ServiceRecord record in fact.Records)
        {
            if (record.Detail is null)
            {
                records.Remove((record.Kind, record.Key));
            }
            else
            {
                records[(record.Kind, record.Key)] = record;
            }
        }
    }

    private void AddAttempt(Fact fact)
    {
        switch (fact)
        {
            case AttemptAdmitted x when Task(x.Attempt.Task) is { } task:
                task.Attempts.Add(new AttemptRecord(x.Attempt, x.At, null, null, null, null, default, default, null, null));
                task.Move(TaskState.Admitted, x.At, null);
                break;
            case AttemptRunning x when Task(x.Attempt.Task) is { } task:
                task.Change(x.Attempt, record => record with { Process = x.Process });
                task.Move(TaskState.Running, x.At, null);
                break;
            case ModelUsed x when Task(x.Attempt.Task) is { } task:
                task.Change(x.Attempt, record => record with { Usage = x.Usage });
                break;
            case AttemptFrozen x when Task(x.Attempt.Task) is { } task:
                task.Move(TaskState.Frozen, x.At, null);
                break;
            case AttemptThawed x when Task(x.Attempt.Task) is { } task:
                task.Move(TaskState.Running, x.At, null);
                break;
            case AttemptFinished x when Task(x.Attempt.Task) is { } task:
                task.Change(x.Attempt, record => record with
                {
                    EndedAt = x.At,
                    Outcome = x.Outcome,
                    ExitCode = x.Report.ExitCode,
                    Signal = x.Report.Signal,
                    PeakResident = x.Report.PeakResident,
                    Cpu = x.Report.Cpu,
                    Reason = x.Reason ?? x.Report.StartError,
                    Evidence = x.Report.Evidence,
                    Footprint = x.Report.Footprint,
                });
                task.Outputs = x.Outcome == AttemptOutcome.Succeeded ? x.Report.Outputs : task.Outputs;
                task.Move(x.Next, x.At, x.Reason);
                break;
        }
    }

    private bool IsKept(MemoryEntry entry) => entry.Fact is not ModelUsed use || used[use.Attempt] == entry.Position;

    private void Add(TasksAdded fact)
    {
        for (int i = 0; i < fact.Block.Count; i++)
        {
            TaskId id = new(fact.Run, fact.FirstOrdinal + i);
            Runs[fact.Run.Value].Tasks.Add(id.Ordinal, new MemoryTask(id, fact.Block.Names[i], fact.Block.Shapes[fact.Block.ShapeOf[i]].Class, fact.Block.Priority[i]));
        }
    }

    private void Move(ImmutableArray<TaskId> tasks, TaskState state, DateTimeOffset at, string reason)
    {
        foreach (TaskId task in tasks)
        {
            Task(task)?.Move(state, at, reason);
        }
    }
}
