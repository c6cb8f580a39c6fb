using Plimsoll.Core.Graphs;

namespace Plimsoll.Core.Admission;

/// <summary>The order of starting inside a run: priority, then critical-path rank, then age.</summary>
/// <remarks>Tasks added an hour later count one level of priority less, so that a run that is fed for ever starves none of its tasks.</remarks>
internal sealed class ReadyOrder(TaskTable tasks)
{
    public TaskTable Tasks { get; } = tasks;

    public bool IsBefore(int left, int right)
    {
        int byPriority = Tasks.AgedPriority(left).CompareTo(Tasks.AgedPriority(right));
        if (byPriority != 0)
        {
            return byPriority > 0;
        }

        int byRank = Tasks.Rank[left].CompareTo(Tasks.Rank[right]);
        return byRank != 0 ? byRank > 0 : Tasks.Age(left) < Tasks.Age(right);
    }

    /// <summary>The shape whose head starts first; null stands for none.</summary>
    public ShapeQueue? First(ShapeQueue? left, ShapeQueue? right) =>
        left is null || (right is not null && IsBefore(right.Head, left.Head)) ? right : left;
}
