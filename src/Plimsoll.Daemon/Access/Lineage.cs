using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Access;

/// <summary>Which task submitted what: a task that calls sees and changes its own sub-tree, and nothing else.</summary>
/// <remarks>Durable with what was submitted, in the same turn. Safe for any number of threads.</remarks>
internal sealed class Lineage
{
    /// <summary>Kind of the records; their key is the id of a task (<c>12.345</c>) or of a run (<c>12</c>).</summary>
    public const string Kind = "parent";

    private const int Page = 10_000;

    /// <summary>A task that submits a task that submits … is followed this far.</summary>
    private const int Deepest = 100;

    private readonly ConcurrentDictionary<string, long> parents = new(StringComparer.Ordinal);

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        string after = "";
        while (await reader.RecordsAsync(Kind, after, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (ServiceRecord record in records)
            {
                parents[record.Key] = JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptParent)!.Task;
            }

            after = records[^1].Key;
        }
    }

    public static ServiceRecord Record(TaskId child, TaskId parent) => Record(child.ToString(), parent);

    public static ServiceRecord Record(RunId child, TaskId parent) => Record(child.ToString(), parent);

    public void Add(TaskId child, TaskId parent) => parents[child.ToString()] = parent.Value;

    public void Add(RunId child, TaskId parent) => parents[child.ToString()] = parent.Value;

    /// <summary>The task that submitted this one, or its run; null when nobody's task did.</summary>
    public TaskId? ParentOf(TaskId task) =>
        parents.TryGetValue(task.ToString(), out long own) ? new TaskId(own)
        : parents.TryGetValue(task.Run.ToString(), out long run) ? new TaskId(run)
        : null;

    /// <summary>True when the caller may see and change a task: all but tasks may, a task only what it submitted, at any depth, and itself.</summary>
    public bool Reaches(Caller caller, TaskId task)
    {
        if (caller.Attempt is not { Task: var ancestor })
        {
            return true;
        }

        TaskId? at = task;
        for (int depth = 0; at is { } one && depth < Deepest; depth++)
        {
            if (one == ancestor)
            {
                return true;
            }

            at = ParentOf(one);
        }

        return false;
    }

    /// <summary>True when the caller may see and change a run as a whole.</summary>
    public bool Reaches(Caller caller, RunId run) =>
        caller.Attempt is null || (parents.TryGetValue(run.ToString(), out long parent) && Reaches(caller, new TaskId(parent)));

    /// <summary>Runs that hold something a task has submitted, at any depth, newest first.</summary>
    public IReadOnlyList<RunId> RunsOf(Caller caller) =>
        [.. parents.Keys.Where(key => key.Contains('.', StringComparison.Ordinal) ? TryTask(key, out TaskId task) && Reaches(caller, task) : TryRun(key, out RunId run) && Reaches(caller, run))
            .Select(static key => TryTask(key, out TaskId task) ? task.Run : TryRun(key, out RunId run) ? run : default)
            .Distinct().OrderByDescending(static run => run.Value)];

    /// <summary>Reads the id of a task, <c>12.345</c>.</summary>
    public static bool TryTask(string? text, out TaskId task)
    {
        task = default;
        int dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot <= 0 || !TryRun(text![..dot], out RunId run) || !int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal))
        {
            return false;
        }

        task = new TaskId(run, ordinal);
        return true;
    }

    public static bool TryRun(string? text, out RunId run)
    {
        bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
        run = new RunId(number);
        return read;
    }

    private static ServiceRecord Record(string key, TaskId parent) =>
        new(Kind, key, JsonSerializer.Serialize(new KeptParent(parent.Value), DaemonJsonContext.Default.KeptParent));
}
