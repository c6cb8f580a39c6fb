namespace Plimsoll.Core.Identity;

/// <summary>One execution of a task: the <paramref name="Number"/>-th (from 1), guarded by a fence.</summary>
/// <param name="Fence">Strictly increasing over the life of a journal; whoever holds an older fence for a task has lost it.</param>
public readonly record struct AttemptId(TaskId Task, int Number, long Fence)
{
    public override string ToString() => $"{Task}.{Number}.{Fence}";
}
