using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;

namespace Plimsoll.Journal.InMemory;

/// <summary>A run and its tasks by ordinal; changed by the ledger only.</summary>
internal sealed class MemoryRun(RunOpened opened)
{
    internal RunId Id => opened.Run;

    internal SortedDictionary<int, MemoryTask> Tasks { get; } = [];

    internal bool Sealed { get; set; }

    internal bool Cancelled { get; set; }

    internal DateTimeOffset? FinishedAt { get; set; }

    internal RunRecord Record()
    {
        int[] counts = new int[(int)Enum.GetValues<TaskState>().Max() + 1];
        foreach (MemoryTask task in Tasks.Values)
        {
            counts[(int)task.State]++;
        }

        return new RunRecord(Id, opened.Name, opened.Origin, opened.At, Sealed, Cancelled, FinishedAt, counts, Tasks.Values.Max(task => task.ChangedAt))
        {
            Usage = Tasks.Values.SelectMany(task => task.Attempts).Aggregate(default(ModelUsage), (sum, attempt) => sum + (attempt.Usage ?? default)),
        };
    }
}
