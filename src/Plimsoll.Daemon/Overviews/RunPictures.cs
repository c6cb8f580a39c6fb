using System.Collections.Concurrent;
using Plimsoll.Client.Overviews;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Overviews;

/// <summary>The graph of a run, and how far each of its tasks is, as columns.</summary>
/// <remarks>Columns are read at most once a second for each run, however many look. Safe for any number of threads.</remarks>
internal sealed class RunPictures(ServiceHost service)
{
    /// <summary>Larger runs are shown as counts and lists.</summary>
    public const int MostTasks = 20_000;

    private const int MostKept = 32;
    private const string Letters = "wraRFbsfdck"; // by TaskState
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<RunId, (long Taken, Task<RunColumnsView> Columns)> kept = new();

    /// <summary>The graph; null when the run is not there or too large.</summary>
    public async Task<RunGraphView?> GraphAsync(RunId run, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int First, TaskBlock Block)>? blocks = await service.Loop.Calls.AskAsync((_, _) => service.Loop.Registry.Find(run)?.Blocks());
        blocks ??= await service.Loop.State.Reader.FactsAsync(run, cancellationToken).OfType<TasksAdded>().Select(static added => (added.FirstOrdinal, added.Block)).ToListAsync(cancellationToken);
        int count = blocks.Sum(static block => block.Block.Count);
        return count is 0 or > MostTasks ? null : Graph(run, blocks, count);
    }

    /// <summary>How far each task is.</summary>
    public Task<RunColumnsView> ColumnsAsync(RunRecord run)
    {
        if (kept.TryGetValue(run.Run, out (long Taken, Task<RunColumnsView> Columns) found) && service.Context.Time.GetElapsedTime(found.Taken) < Fresh)
        {
            return found.Columns;
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        // Shared by all who ask, so nobody's leaving cancels it.
        Task<RunColumnsView> columns = ReadAsync(run);
        kept[run.Run] = (service.Context.Time.GetTimestamp(), columns);
        return columns;
    }

    private async Task<RunColumnsView> ReadAsync(RunRecord run)
    {
        IReadOnlyList<TaskRecord> tasks = await service.Loop.State.Reader.TasksAsync(new TaskQuery(run.Run, [], null, null, MostTasks), CancellationToken.None);
        char[] states = new char[tasks.Count];
        long[] started = new long[tasks.Count];
        long[] ended = new long[tasks.Count];
        int[] attempts = new int[tasks.Count];
        var dollars = new Dictionary<int, double>();
        for (int i = 0; i < tasks.Count; i++)
        {
            TaskRecord task = tasks[i];
            states[i] = Letters[(int)task.State];
            started[i] = Since(run, task.StartedAt);
            ended[i] = task.State.HasEnded() ? Since(run, task.EndedAt) : -1;
            attempts[i] = task.Attempts;
            if (Hosting.UsageTally.View(task.Usage) is { Dollars: > 0 } usage)
            {
                dollars[i] = usage.Dollars;
            }
        }

        return new RunColumnsView(run.Run.Value, run.OpenedAt, Since(run, run.FinishedAt ?? service.Loop.Clock.Now), new string(states), started, ended, attempts, dollars);
    }

    private static long Since(RunRecord run, DateTimeOffset? at) => at is { } time ? Math.Max(0, (long)(time - run.OpenedAt).TotalMilliseconds) : -1;

    private static RunGraphView Graph(RunId run, IReadOnlyList<(int First, TaskBlock Block)> blocks, int count)
    {
        var names = new List<string>(count);
        var classOf = new List<int>(count);
        var ranks = new List<float>(count);
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        List<int> from = [];
        List<int> to = [];
        foreach ((int first, TaskBlock block) in blocks)
        {
            for (int i = 0; i < block.Count; i++)
            {
                string owner = block.Shapes[block.ShapeOf[i]].Class;
                classes.TryAdd(owner, classes.Count);
                names.Add(block.Names[i]);
                classOf.Add(classes[owner]);
                ranks.Add(float.IsFinite(block.Rank[i]) ? MathF.Round(block.Rank[i], 3) : 0);
            }

            from.AddRange(block.Edges.Select(edge => first + edge.From));
            to.AddRange(block.Edges.Select(edge => first + edge.To));
        }

        return new RunGraphView(run.Value, names, [.. classes.Keys], classOf, ranks, from, to);
    }
}
