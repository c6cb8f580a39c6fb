using Plimsoll.Core.Graphs;

namespace Plimsoll.Plans.Rendering;

/// <summary>Renders the tasks of one block; made once per <see cref="RunDocument"/>, then safe for any number of threads.</summary>
public sealed class TaskRenderer
{
    private TaskRenderer(RunDocument document) => _ = document;

    /// <summary>Reads the document once.</summary>
    /// <param name="executable">Path of the own executable, inserted where a synthetic task runs <c>plimsoll burn</c>.</param>
    /// <exception cref="FormatException">The document was not made by this or an older version.</exception>
    public static TaskRenderer Create(RunDocument document, string executable)
    {
        _ = executable;
        return new(document);
    }

    /// <summary>What the task executes now; cheap (about 1 us) for no-op work and constant commands.</summary>
    public RenderResult Render(int indexInBlock, string taskName, ITaskValues values) =>
        throw new NotSupportedException(taskName + indexInBlock + values + GetHashCode());

    /// <summary>Whether the <c>when:</c> of the task holds; true when it has none.</summary>
    public ConditionResult EvaluateCondition(int indexInBlock, string taskName, ITaskValues values) =>
        throw new NotSupportedException(taskName + indexInBlock + values + GetHashCode());

    /// <summary>True when at least one template wants a worktree of its own.</summary>
    public bool AnyWorktree => throw new NotSupportedException($"{GetHashCode()}");

    /// <summary>False for in-process work.</summary>
    public bool IsProcess(int indexInBlock) => throw new NotSupportedException($"{indexInBlock}{GetHashCode()}");

    /// <summary>What the task would execute, for people, in one line: values that are not known yet stay as written.</summary>
    public string Describe(int indexInBlock, string taskName) => throw new NotSupportedException(taskName + indexInBlock + GetHashCode());
}
