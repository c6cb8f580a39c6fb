using System.Runtime.InteropServices;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using static Plimsoll.Journal.Postgres.ColumnKind;

namespace Plimsoll.Journal.Postgres;

/// <summary>Where tasks are after a commit: of several moves of a task the last one is written.</summary>
internal sealed class ProgressBuffers
{
    private readonly RowBuffer attempts = new(
        """
        INSERT INTO task_progress SELECT {columns} FROM {rows}
        ON CONFLICT (task) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, changed_at = excluded.changed_at, fence = excluded.fence, reason = excluded.reason
        """,
        Whole, Whole, Whole, Whole, Whole, Text);

    private readonly RowBuffer moves = new(
        "INSERT INTO task_progress SELECT a, b, 0, c, 0, d FROM {rows} ON CONFLICT (task) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, reason = excluded.reason",
        Whole, Whole, Whole, Text);

    private readonly Dictionary<long, TaskMove> last = [];

    internal IReadOnlyList<RowBuffer> All => [attempts, moves];

    /// <summary>A task moves with an attempt.</summary>
    internal void Attempt(AttemptId attempt, TaskState state, long at) => last[attempt.Task.Value] = new TaskMove(state, at, null, attempt.Number, attempt.Fence);

    /// <summary>A task moves by itself: its attempts stay what they were.</summary>
    internal void Move(ReadOnlySpan<TaskId> tasks, TaskState state, long at, string? reason)
    {
        foreach (TaskId task in tasks)
        {
            ref TaskMove move = ref CollectionsMarshal.GetValueRefOrAddDefault(last, task.Value, out _);
            move = move with { State = state, At = at, Reason = reason };
        }
    }

    internal void Settle()
    {
        foreach ((long task, TaskMove move) in last)
        {
            if (move.Fence is { } fence)
            {
                attempts.Add(task).Add((long)move.State).Add((long)move.Attempts).Add(move.At).Add(fence).Add(move.Reason);
            }
            else
            {
                moves.Add(task).Add((long)move.State).Add(move.At).Add(move.Reason);
            }
        }

        last.Clear();
    }
}
