using System.Collections.Immutable;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Explain;

/// <summary>Says why a task is not running, by the comparisons that decide.</summary>
internal sealed class Explainer(KernelState state, DateTimeOffset now)
{
    private const int NamedNeeds = 5;

    /// <summary>After SIGKILL a process is gone within milliseconds; one that is not hangs in the kernel.</summary>
    private static readonly TimeSpan KillTakes = TimeSpan.FromSeconds(5);

    private readonly TaskTable tasks = state.Tasks;
    private readonly ReadyReasons ready = new(state, now);

    public Explanation Explain(TaskId task)
    {
        int handle = state.Runs.Find(task);
        return handle < 0
            ? new Explanation(task, "", TaskState.Waiting, [new WaitReason("never", $"there is no task {task}", null, null, "nothing")])
            : new Explanation(task, tasks.Name(handle), tasks.State(handle), Reasons(handle));
    }

    public ImmutableArray<WaitReason> Reasons(int handle) => tasks.State(handle) switch
    {
        TaskState.Waiting => [tasks.Pending[handle] > 0 ? Needs(handle) : Condition()],
        TaskState.Ready => ready.Of(handle),
        TaskState.Admitted or TaskState.Running or TaskState.Frozen when state.Nodes.Find(handle) is { Kill: { } reason } live => [Ending(live, reason)],
        TaskState.Admitted => [Starting()],
        TaskState.Frozen => [Frozen(handle)],
        TaskState.Retrying => [Backoff(handle)],
        _ => [],
    };

    private WaitReason Needs(int handle)
    {
        var names = new List<string>();
        foreach (int entry in tasks.Before(handle, out int first))
        {
            int need = first + EdgeRows.Neighbour(entry);
            if (names.Count < NamedNeeds && !tasks.State(need).HasEnded())
            {
                names.Add(tasks.Name(need));
            }
        }

        int pending = tasks.Pending[handle];
        string more = pending > names.Count ? $" and {pending - names.Count} more" : "";
        string message = $"waits for {string.Join(", ", names)}{more}";
        return new WaitReason("needs", message, pending == 1 ? "1 task to end" : $"{pending} tasks to end", null, $"the end of {names[0]}");
    }

    private static WaitReason Condition() =>
        new("condition", "its condition is being evaluated", null, null, "the value of its when");

    private static WaitReason Starting() =>
        new("starting", "it was chosen and is being started", null, null, "its process being alive");

    private WaitReason Frozen(int handle)
    {
        double seconds = state.Nodes.Find(handle)?.FrozenSince is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0;
        return new WaitReason(
            "frozen", $"it was stopped {seconds:0.#} s ago because memory is short; its timeout stands still", null, null, "the reserve being free again");
    }

    private WaitReason Ending(AttemptLease live, KillReason reason)
    {
        TimeSpan since = now - live.KilledAt;
        TimeSpan grace = state.PolicyOf(live.Handle).Grace;
        string stage = since < grace ? $"it was asked by SIGTERM, SIGKILL follows {grace.TotalSeconds:0.#} s after that"
            : since < grace + KillTakes ? "SIGKILL is being sent"
            : "SIGKILL did not end it, so it hangs in the kernel: look for a dead disk or mount, or a frozen cgroup";
        string why = reason switch
        {
            KillReason.Cancelled => "cancelled",
            KillReason.TimedOut => "timed out",
            KillReason.Evicted => "evicted",
            _ => "plimsoll stops",
        };
        return new WaitReason("ending", $"it is being ended ({why}) for {Math.Max(0, since.TotalSeconds):0.#} s: {stage}", null, null, "the end of its last process");
    }

    private WaitReason Backoff(int handle)
    {
        DateTimeOffset due = state.Retrying[handle];
        double seconds = Math.Max(0, (due - now).TotalSeconds);
        return new WaitReason("backoff", $"its next attempt waits {seconds:0.#} s more", null, null, $"the time {due:O}");
    }
}
