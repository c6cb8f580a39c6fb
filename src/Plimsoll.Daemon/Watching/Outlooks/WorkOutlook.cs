using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Watch.Forecasts;

namespace Plimsoll.Daemon.Watching.Outlooks;

/// <summary>Unfinished runs as one graph for a forecast.</summary>
internal sealed class WorkOutlook
{
    private readonly Dictionary<TaskId, int> places = [];
    private readonly List<string> classes = [];
    private readonly List<double> expected = [];
    private readonly List<int> priorities = [];
    private readonly List<TaskOutlook> states = [];
    private readonly List<(int From, int To)> edges = [];

    public WorkOutlook(IReadOnlyList<WorkCopy> runs)
    {
        foreach (WorkCopy run in runs)
        {
            foreach (TaskSegment segment in run.Segments)
            {
                Add(run, segment);
            }
        }
    }

    public int Open => states.Count(static state => state != TaskOutlook.Ended);

    /// <summary>Class of a task and what its plan says that it takes; null for one of another run.</summary>
    public (string Class, double Expected)? Find(TaskId task) => places.TryGetValue(task, out int place) ? (classes[place], expected[place]) : null;

    /// <param name="durations">Told of those that run.</param>
    /// <param name="live">By task since when it runs.</param>
    public GraphOutlook Graph(DurationOutlook durations, IReadOnlyDictionary<TaskId, DateTimeOffset> live, DateTimeOffset now)
    {
        double[] elapsed = new double[classes.Count];
        foreach ((TaskId task, DateTimeOffset since) in live)
        {
            if (places.TryGetValue(task, out int place) && states[place] == TaskOutlook.Running)
            {
                elapsed[place] = Math.Max(0, (now - since).TotalSeconds);
                durations.Observe(classes[place], expected[place], elapsed[place]);
            }
        }

        return new GraphOutlook([.. classes.Select((name, i) => durations.Seconds(name, expected[i]))], [.. states], elapsed, edges, [.. priorities]);
    }

    private void Add(WorkCopy run, TaskSegment segment)
    {
        TaskBlock block = segment.Block;
        int first = classes.Count;
        float[] after = new float[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            after[edge.From] = Math.Max(after[edge.From], block.Rank[edge.To]);
            edges.Add((first + edge.From, first + edge.To));
        }

        for (int i = 0; i < block.Count; i++)
        {
            TaskState state = segment.First + i < run.States.Length ? run.States[segment.First + i] : TaskState.Waiting;
            bool isLease = block.Shapes[block.ShapeOf[i]].Lease is not null;
            places[new TaskId(run.Run, segment.First + i)] = first + i;
            classes.Add(block.Shapes[block.ShapeOf[i]].Class);
            expected.Add(Math.Max(0, block.Rank[i] - after[i]));
            priorities.Add(block.Priority[i]);
            states.Add(isLease || state.HasEnded() ? TaskOutlook.Ended : state.IsLive() ? TaskOutlook.Running : TaskOutlook.Open);
        }
    }
}
