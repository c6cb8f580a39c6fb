using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Projects;

/// <summary>Asks a kernel why tasks are where they are.</summary>
internal static class Explanations
{
    /// <summary>One task; or the tasks of a run that neither run nor have ended: those next in turn, then by number.</summary>
    public static IReadOnlyList<ExplanationView> Of(Kernel kernel, RunTasks tasks, int? ordinal, int limit, DateTimeOffset now)
    {
        if (ordinal is { } one)
        {
            return [View(kernel.Explain(new TaskId(tasks.Run, one), now))];
        }

        var seen = new HashSet<int>();
        var views = new List<ExplanationView>();
        foreach (WaitingSnapshot waiting in kernel.Snapshot(now, limit).Waiting)
        {
            if (waiting.Task.Run == tasks.Run && seen.Add(waiting.Task.Ordinal))
            {
                views.Add(View(kernel.Explain(waiting.Task, now)));
            }
        }

        for (int i = 0; i < tasks.Count && views.Count < limit; i++)
        {
            if (tasks.StateOf(i) < TaskState.Succeeded && seen.Add(i))
            {
                Explanation explanation = kernel.Explain(new TaskId(tasks.Run, i), now);
                bool moves = explanation.State is TaskState.Running or TaskState.Admitted && explanation.Reasons is not [{ Code: "ending" }];
                if (!moves && explanation.State < TaskState.Succeeded)
                {
                    views.Add(View(explanation));
                }
            }
        }

        return views;
    }

    private static ExplanationView View(Explanation explanation) => new(
        explanation.Task.Run.Value,
        explanation.Name,
        Words.Of(explanation.State),
        [.. explanation.Reasons.Select(reason => new ReasonView(reason.Code, reason.Message, reason.Needed, reason.Available, reason.ReleasedBy))],
        []);
}
