using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Hosting;

/// <summary>The tasks of the runs this process works on, by run; the first observer, so that the others find what they need here.</summary>
/// <param name="executable">Path of the own executable, for synthetic jobs.</param>
internal sealed class TaskRegistry(string executable) : IFactObserver, IConditionEvaluator
{
    private readonly Dictionary<RunId, RunTasks> runs = [];

    public RunTasks this[RunId run] => runs[run];

    public bool Has(RunId run) => runs.ContainsKey(run);

    /// <summary>The tasks of a run; null when it is not known here, or not any more.</summary>
    public RunTasks? Find(RunId run) => runs.GetValueOrDefault(run);

    public IEnumerable<RunTasks> All => runs.Values;

    /// <summary>Frees what is kept of a run; the kernel has forgotten it.</summary>
    public void Forget(RunId run) => runs.Remove(run);

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            Fold(facts[i]);
        }
    }

    public ConditionEvaluated Evaluate(TaskId task)
    {
        ConditionResult result = runs[task.Run].Evaluate(task.Ordinal);
        return new ConditionEvaluated(task, result.Holds, result.Reason);
    }

    public void Fold(Fact fact)
    {
        switch (fact)
        {
            case RunOpened opened:
                runs[opened.Run] = new RunTasks(opened.Run, opened.Name, RunOrigin.Read(opened.Origin));
                break;
            case TasksAdded added:
                runs[added.Run].Add(added, TaskRenderer.Create(added.Document, executable));
                break;
            case AttemptAdmitted admitted:
                runs[admitted.Attempt.Task.Run].Move(admitted.Attempt.Task.Ordinal, TaskState.Admitted);
                break;
            case AttemptFinished finished:
                runs[finished.Attempt.Task.Run].Finish(finished);
                break;
            case TasksSkipped { Tasks: [var first, ..] } skipped:
                runs[first.Run].Move(skipped.Tasks, TaskState.Skipped);
                break;
            case TasksCancelled { Tasks: [var first, ..] } cancelled:
                runs[first.Run].Move(cancelled.Tasks, TaskState.Cancelled);
                break;
            case TasksRequeued { Tasks: [var first, ..] } requeued:
                runs[first.Run].Move(requeued.Tasks, TaskState.Waiting);
                break;
        }
    }
}
