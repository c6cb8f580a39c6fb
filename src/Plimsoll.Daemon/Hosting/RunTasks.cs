using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Hosting;

/// <summary>What starting and reporting need to know about the tasks of one run; folded from durable facts.</summary>
/// <remarks>Written and read by the loop's thread only.</remarks>
internal sealed class RunTasks(RunId run, string name, RunOrigin origin) : ITaskValues
{
    private readonly List<TaskSegment> segments = [];
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> outputs = [];
    private TaskState[] states = [];
    private int ended;
    private Dictionary<string, int>? ordinals;

    public RunId Run { get; } = run;

    public string Name { get; } = name;

    /// <summary>Commit that worktrees of the run start from.</summary>
    public string? BaseCommit => origin.BaseCommit;

    /// <summary>True for the run that takes the single tasks of a service.</summary>
    public bool IsInbox => origin.Kind == Serving.Submitting.Inbox.Kind;

    /// <summary>True while a task has not ended.</summary>
    public bool HasWork => ended < Count;

    public int Count { get; private set; }

    public string NameOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Block.Names[ordinal - segment.First];
    }

    public DateTimeOffset AddedAt(int ordinal) => SegmentOf(ordinal).AddedAt;

    public TaskShape ShapeOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Block.Shapes[segment.Block.ShapeOf[ordinal - segment.First]];
    }

    /// <summary>As the plan says; larger goes first.</summary>
    public int PriorityOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Block.Priority[ordinal - segment.First];
    }

    /// <summary>True when a task known so far calls models through the gateway.</summary>
    public bool CallsModels => segments.Exists(segment => segment.Block.CallsModels);

    public TaskState StateOf(int ordinal) => states[ordinal];

    /// <summary>The blocks, which never change, and a copy of where each task stands: for use beside the loop.</summary>
    public (IReadOnlyList<TaskSegment> Segments, TaskState[] States) Copy() => ([.. segments], states.AsSpan(0, Count).ToArray());

    /// <summary>Ordinals of the tasks that failed or are dead letters.</summary>
    public int[] EndedBadly() =>
        [.. Enumerable.Range(0, Count).Where(ordinal => states[ordinal] is TaskState.Failed or TaskState.Dead)];

    public RenderResult Render(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        int index = ordinal - segment.First;
        return segment.Renderer.Render(index, segment.Block.Names[index], this);
    }

    /// <summary>The task's command as shell words, null when it cannot be rendered or is in-process work.</summary>
    public string? CommandOf(int ordinal) =>
        Render(ordinal).Task is { IsNoop: false } task ? ShellWords.Join(task.Arguments) : null;

    /// <summary>False for in-process work, which has no output files.</summary>
    public bool IsProcess(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Renderer.IsProcess(ordinal - segment.First);
    }

    /// <summary>Name of the configured template a submitted task was made from; null when it was written out.</summary>
    public string? TemplateOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Renderer.TemplateNameOf(ordinal - segment.First);
    }

    /// <summary>Values of the task's parameters and matrix, a JSON object; null when it has none.</summary>
    public string? BindingOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Renderer.BindingOf(ordinal - segment.First);
    }

    /// <summary>The blocks in order; they never change, so any thread may read them.</summary>
    public IReadOnlyList<(int First, TaskBlock Block)> Blocks() => [.. segments.Select(static segment => (segment.First, segment.Block))];

    /// <summary>Name of the agent the task is for; null when it is for none.</summary>
    public string? AgentOf(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Renderer.AgentOf(ordinal - segment.First);
    }

    /// <summary>What renders which tasks; renderers are safe for any thread.</summary>
    public List<(int First, int Count, TaskRenderer Renderer)> Renderers() => [.. segments.Select(static segment => (segment.First, segment.Block.Count, segment.Renderer))];

    /// <summary>What the task would execute, in one line.</summary>
    public string Describe(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        int index = ordinal - segment.First;
        return segment.Renderer.Describe(index, segment.Block.Names[index]);
    }

    /// <summary>Keys the task promises to write to <c>$PLIMSOLL_OUTPUT</c>.</summary>
    public IReadOnlyList<string> DeclaredOutputs(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        return segment.Renderer.DeclaredOutputs(ordinal - segment.First);
    }

    public ConditionResult Evaluate(int ordinal)
    {
        TaskSegment segment = SegmentOf(ordinal);
        int index = ordinal - segment.First;
        return segment.Renderer.EvaluateCondition(index, segment.Block.Names[index], this);
    }

    public string? Output(string need, string key) =>
        OrdinalOf(need) is { } ordinal && outputs.TryGetValue(ordinal, out IReadOnlyDictionary<string, string>? values)
            ? values.GetValueOrDefault(key)
            : null;

    public TaskState? Outcome(string need) => OrdinalOf(need) is { } ordinal ? states[ordinal] : null;

    public int? OrdinalOf(string task)
    {
        ordinals ??= Index();
        return ordinals.TryGetValue(task, out int ordinal) ? ordinal : null;
    }

    public void Add(TasksAdded fact, TaskRenderer renderer)
    {
        segments.Add(new TaskSegment(fact.FirstOrdinal, fact.Block, renderer, fact.At));
        Count = fact.FirstOrdinal + fact.Block.Count;
        if (states.Length < Count)
        {
            Array.Resize(ref states, Math.Max(Count, states.Length * 2));
        }

        ordinals = null;
    }

    public void Move(int ordinal, TaskState state)
    {
        ended += (state.HasEnded() ? 1 : 0) - (states[ordinal].HasEnded() ? 1 : 0);
        states[ordinal] = state;
    }

    public void Move(ImmutableArray<TaskId> tasks, TaskState state)
    {
        foreach (TaskId task in tasks)
        {
            Move(task.Ordinal, state);
        }
    }

    public void Finish(AttemptFinished fact)
    {
        int ordinal = fact.Attempt.Task.Ordinal;
        Move(ordinal, fact.Next);
        if (fact.Report.Outputs is { Count: > 0 } values && fact.Next == TaskState.Succeeded)
        {
            outputs[ordinal] = values;
        }
    }

    private TaskSegment SegmentOf(int ordinal)
    {
        TaskSegment last = segments[^1];
        if (ordinal >= last.First)
        {
            return last;
        }

        int low = 0;
        int high = segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ordinal < segments[middle].End)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return segments[low];
    }

    private Dictionary<string, int> Index()
    {
        var index = new Dictionary<string, int>(Count, StringComparer.Ordinal);
        foreach (TaskSegment segment in segments)
        {
            for (int i = 0; i < segment.Block.Count; i++)
            {
                index[segment.Block.Names[i]] = segment.First + i;
            }
        }

        return index;
    }
}
