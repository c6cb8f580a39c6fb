using Plimsoll.Core.Capacity;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>Follows the facts on its own, beside the kernel, and holds them against docs/invariants.md.</summary>
internal sealed class FactLedger(FaultScenario scenario)
{
    private readonly Dictionary<TaskId, AttemptAdmitted> live = [];
    private readonly Dictionary<TaskId, TaskState> ended = [];
    private readonly HashSet<TaskId> everEnded = [];
    private readonly HashSet<int> up = [0];
    private readonly List<(DateTimeOffset At, int Units)> drawn = [];
    private bool paused;
    private long lastFence;

    /// <summary>The first rule that was broken; null = none.</summary>
    public string? Broken { get; private set; }

    public int AcceptedCount { get; private set; }

    public int EndedCount => ended.Count;

    public IReadOnlyDictionary<TaskId, AttemptAdmitted> Live => live;

    public TaskState? EndOf(TaskId task) => ended.TryGetValue(task, out TaskState state) ? state : null;

    public void Take(Fact fact)
    {
        switch (fact)
        {
            case TasksAdded added:
                AcceptedCount += added.Block.Count;
                break;
            case NodeChanged changed:
                _ = changed.Capacity is null ? up.Remove(changed.Node.Value) : up.Add(changed.Node.Value);
                break;
            case IntakeChanged changed:
                paused = changed.Paused;
                break;
            case AttemptAdmitted admitted:
                Admit(admitted);
                break;
            case AttemptFinished finished:
                Finish(finished);
                break;
            case TasksSkipped skipped:
                End(skipped.Tasks, TaskState.Skipped);
                break;
            case TasksCancelled cancelled:
                End(cancelled.Tasks, TaskState.Cancelled);
                break;
            case TasksRequeued requeued:
                foreach (TaskId task in requeued.Tasks)
                {
                    ended.Remove(task);
                }

                break;
            default:
                break;
        }
    }

    public void Break(string rule) => Broken ??= rule;

    private void End(IEnumerable<TaskId> tasks, TaskState state)
    {
        foreach (TaskId task in tasks)
        {
            Check(!live.ContainsKey(task), $"task {task} ended as {state} while an attempt of it is alive");
            Check(ended.TryAdd(task, state), $"task {task} ended twice");
            everEnded.Add(task);
        }
    }

    private void Finish(AttemptFinished finished)
    {
        TaskId task = finished.Attempt.Task;
        Check(live.TryGetValue(task, out AttemptAdmitted? admitted) && admitted.Attempt == finished.Attempt, $"attempt {finished.Attempt} ended without being alive");
        live.Remove(task);
        if (finished.Next.HasEnded())
        {
            Check(ended.TryAdd(task, finished.Next), $"task {task} ended twice");
            everEnded.Add(task);
        }
    }

    private void Admit(AttemptAdmitted admitted)
    {
        TaskId task = admitted.Attempt.Task;
        Check(admitted.Attempt.Fence > lastFence, $"fence {admitted.Attempt.Fence} follows {lastFence}");
        lastFence = Math.Max(lastFence, admitted.Attempt.Fence);
        Check(!ended.TryGetValue(task, out TaskState end), $"task {task} was started again after it ended as {end}");
        Check(live.TryAdd(task, admitted), $"two attempts of task {task} at once");
        Check(!paused, $"task {task} was started while starting is paused");
        Check(up.Contains(admitted.Node.Value), $"task {task} was started on {admitted.Node}, which is gone");
        Needs(task);
        Locks(admitted);
        Room(admitted);
    }

    private void Needs(TaskId task)
    {
        foreach (TaskEdge edge in scenario.Block.Edges)
        {
            if (edge.To == task.Ordinal)
            {
                var need = new TaskId(task.Run, edge.From);

                // One that has ended and is tried again on request holds up nobody who needed only its end.
                bool isMet = EndOf(need) == TaskState.Succeeded || (everEnded.Contains(need) && (edge.Soft || scenario.Block.Conditional.Contains(edge.To)));
                Check(isMet, $"task {task} was started before its need {need} was met");
            }
        }
    }

    private void Locks(AttemptAdmitted admitted)
    {
        foreach (LockClaim claim in ShapeOf(admitted.Attempt.Task).Locks)
        {
            if (claim.Mode == LockMode.Drawn)
            {
                Draw(claim, admitted.At);
                continue;
            }

            LockClaim[] held = [.. live.Keys.SelectMany(task => ShapeOf(task).Locks).Where(other => other.Name == claim.Name)];
            int units = held.Where(static other => other.Mode == LockMode.Counted).Sum(static other => other.Units);
            bool isGranted = claim.Mode switch
            {
                LockMode.Exclusive => held.Length == 1,
                LockMode.Shared => held.All(static other => other.Mode == LockMode.Shared),
                _ => units <= scenario.Limits.LockUnits.GetValueOrDefault(claim.Name, 1),
            };
            Check(isGranted, $"lock {claim.Name} was granted to {admitted.Attempt} while others hold it: {held.Length} claims");
        }
    }

    /// <summary>A sliding window over kernel time.</summary>
    private void Draw(LockClaim claim, DateTimeOffset at)
    {
        LimitPolicy policy = scenario.Limits.Services[claim.Name];
        drawn.RemoveAll(take => take.At <= at - policy.Rate.Per);
        drawn.Add((at, claim.Units));
        long taken = drawn.Sum(static take => (long)take.Units);
        Check(taken <= policy.Rate.Amount, $"{taken} were taken from limit {claim.Name} within {policy.Rate.Per.TotalSeconds} s, it allows {policy.Rate.Amount}");
    }

    private void Room(AttemptAdmitted admitted)
    {
        NodeCapacity node = scenario.Nodes[admitted.Node.Value];
        long bytes = 0;
        double cores = 0;
        int count = 0;
        bool isExclusive = false;
        foreach (AttemptAdmitted other in live.Values)
        {
            if (other.Node == admitted.Node)
            {
                TaskShape shape = ShapeOf(other.Attempt.Task);
                (bytes, cores, count) = (bytes + (shape.Memory?.Value ?? 0), cores + shape.Cpu, count + 1);
                isExclusive |= shape.Exclusive;
            }
        }

        Check(bytes <= node.Memory!.Value.Value, $"{admitted.Node} has {node.Memory.Value.Value} of memory, {bytes} are taken with {admitted.Attempt}");
        Check(cores <= (node.Cores ?? double.MaxValue), $"{admitted.Node} has {node.Cores} cores, {cores} are taken with {admitted.Attempt}");
        Check(count <= scenario.Limits.Concurrency.Maximum, $"{count} attempts live on {admitted.Node}, {scenario.Limits.Concurrency.Maximum} may");
        Check(!isExclusive || count == 1, $"an exclusive attempt is not alone on {admitted.Node}");
        Check(ShapeOf(admitted.Attempt.Task).Requires.All(label => node.Labels.Contains(label)), $"{admitted.Node} lacks a label that {admitted.Attempt} requires");
    }

    private TaskShape ShapeOf(TaskId task) => scenario.Block.Shapes[scenario.Block.ShapeOf[task.Ordinal]];

    private void Check(bool holds, string rule)
    {
        if (!holds)
        {
            Break(rule);
        }
    }
}
