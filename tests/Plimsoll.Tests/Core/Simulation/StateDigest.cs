using System.Globalization;
using System.Text;
using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Everything of a kernel's state that facts must rebuild, as text.</summary>
internal static class StateDigest
{
    public static string Of(Kernel kernel, DateTimeOffset now)
    {
        KernelState state = kernel.State;
        var text = new StringBuilder();
        Line(text, $"limits {state.Limits} intake {state.IntakePaused} {state.IntakeReason} fence {state.NextFence} last run {state.Runs.Last}");
        foreach (RunState run in state.Runs.All)
        {
            Line(text, $"run {run.Id} {run.Total} {run.Unfinished} {run.Sealed} {run.Cancelled} {run.Finished} {string.Join(' ', Counts(state, run, now))}");
        }

        for (int handle = 0; handle < state.Tasks.Count; handle++)
        {
            TaskTable tasks = state.Tasks;
            TaskState at = StateOf(state, handle, now);
            int pending = at == TaskState.Waiting ? tasks.Pending[handle] : 0;
            TaskFlags flags = at == TaskState.Waiting ? tasks.Flags[handle] & ~TaskFlags.Asked : TaskFlags.None;
            Line(text, $"{tasks.Id(handle)} {at} {tasks.Number[handle]} {tasks.Spent[handle]} {tasks.Losses[handle]} {tasks.Priority[handle]} {pending} {flags} {state.Queues.Of(handle).Raised}");
        }

        foreach (AttemptLease live in state.Nodes.Live.OrderBy(live => live.Attempt.Fence))
        {
            Line(text, $"live {live.Attempt} on {live.Node.Id} {live.ReservedBytes} {live.AdmittedAt:O} {live.StartedAt:O} {live.Kill} {live.FrozenSince:O} {live.FrozenBefore}");
        }

        foreach (LockState held in state.Locks.All.OrderBy(held => held.Name, StringComparer.Ordinal))
        {
            Line(text, $"lock {held.Name} {held.Units} {held.ExclusiveHolders} {held.SharedHolders} {held.UnitsTaken} {held.Kind} {held.Limit?.Level(now)}");
        }

        foreach (ClassState owner in state.Queues.Classes.Values.OrderBy(owner => owner.Name, StringComparer.Ordinal))
        {
            Line(text, $"class {owner.Name} {owner.PeakBytes} {owner.LongestDuration} {owner.IsBrief} {owner.Breaker.OpenUntil:O} {owner.Breaker.ProbeFence} {owner.Breaker.FailureCount} {owner.Width} {owner.LiveCount} {owner.Profile.Measured} {owner.Profile.Exceeded} {owner.Profile.Unsaved} {string.Join(';', owner.Profile.Samples)}");
        }

        return text.ToString();
    }

    /// <summary>The passing of time is no fact: a backoff that is over counts as ready.</summary>
    private static TaskState StateOf(KernelState state, int handle, DateTimeOffset now) =>
        state.Tasks.State(handle) == TaskState.Retrying && state.Retrying[handle] <= now ? TaskState.Ready : state.Tasks.State(handle);

    private static int[] Counts(KernelState state, RunState run, DateTimeOffset now)
    {
        int[] counts = [.. run.Counts];
        foreach ((int handle, DateTimeOffset due) in state.Retrying)
        {
            if (due <= now && state.Tasks.Run(handle) == run)
            {
                counts[(int)TaskState.Retrying]--;
                counts[(int)TaskState.Ready]++;
            }
        }

        return counts;
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
