using System.Collections.Immutable;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Adds up what the summary of a run says; folded from durable facts, for one run.</summary>
/// <remarks>Written by the loop's thread; read after the loop has ended.</remarks>
internal sealed class RunTally(RunId run, TaskRegistry registry, AttemptLayout layout) : IFactObserver
{
    private const int MostFailures = 100;

    private readonly int[] ended = new int[Enum.GetValues<TaskState>().Length];
    private readonly List<FailureView> failures = [];
    private readonly Dictionary<TaskId, DateTimeOffset> live = [];
    private readonly Dictionary<int, TaskState> endedBadly = [];
    private double busySeconds;

    /// <summary>What the pressure ladder did.</summary>
    public PressureTally Pressure { get; private set; } = new();

    /// <summary>What attempts used of models, also in earlier processes.</summary>
    public UsageTally Usage { get; } = new();

    public int Retried { get; private set; }

    public int MaxConcurrency { get; private set; }

    /// <summary>Attempts admitted and not yet ended.</summary>
    public int Live => live.Count;

    /// <summary>Tasks that ended in this process, however.</summary>
    public int Completed { get; private set; }

    /// <summary>Tasks skipped because of another one, not by their own condition.</summary>
    public int SkippedByOthers { get; private set; }

    /// <summary>When the live attempt of a task was admitted.</summary>
    public DateTimeOffset? AdmittedAt(TaskId task) => live.TryGetValue(task, out DateTimeOffset at) ? at : null;

    public int this[TaskState state] => ended[(int)state];

    public IReadOnlyList<FailureView> Failures => failures;

    /// <summary>Seconds of all attempts together.</summary>
    public double BusySeconds => busySeconds;

    /// <summary>Forgets what only describes a process, after the facts of earlier ones were folded.</summary>
    public void BeginProcess()
    {
        busySeconds = 0;
        Completed = 0;
        MaxConcurrency = 0;
        Retried = 0;
        Pressure = new PressureTally();
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptAdmitted admitted when admitted.Attempt.Task.Run == run:
                    live[admitted.Attempt.Task] = admitted.At;
                    MaxConcurrency = Math.Max(MaxConcurrency, live.Count);
                    break;
                case AttemptFinished finished when finished.Attempt.Task.Run == run:
                    Finish(finished);
                    break;
                case TasksSkipped { Tasks: [var first, ..] } skipped when first.Run == run:
                    SkippedByOthers += skipped.Tasks is [var only] && only == skipped.Cause ? 0 : skipped.Tasks.Length;
                    End(skipped.Tasks, TaskState.Skipped);
                    break;
                case TasksCancelled { Tasks: [var first, ..] } cancelled when first.Run == run:
                    End(cancelled.Tasks, TaskState.Cancelled);
                    break;
                case TasksRequeued { Tasks: [var first, ..] } requeued when first.Run == run:
                    Reopen(requeued.Tasks);
                    break;
                case ModelUsed used when used.Attempt.Task.Run == run:
                    Usage.Observe(used);
                    break;
                case GuardStepped or AttemptFrozen or AttemptThawed:
                    Pressure.Observe(facts[i]);
                    break;
            }
        }
    }

    private void Finish(AttemptFinished fact)
    {
        if (live.Remove(fact.Attempt.Task, out DateTimeOffset since))
        {
            busySeconds += (fact.At - since).TotalSeconds;
            Pressure.Finish(fact, fact.At - since);
        }

        if (fact.Next is TaskState.Ready or TaskState.Retrying)
        {
            Retried += fact.Outcome == AttemptOutcome.Cancelled ? 0 : 1;
            return;
        }

        if (fact.Next == TaskState.Succeeded)
        {
            ended[(int)TaskState.Succeeded]++;
            Completed++;
            return;
        }

        End([fact.Attempt.Task], fact.Next);
        if (fact.Next is TaskState.Failed or TaskState.Dead && failures.Count < MostFailures)
        {
            failures.Add(new FailureView(
                registry[run].NameOf(fact.Attempt.Task.Ordinal),
                Words.Of(fact.Outcome),
                fact.Report.ExitCode,
                fact.Report.Signal,
                fact.Reason,
                layout.MostTelling(fact.Attempt)));
        }
    }

    private void End(ImmutableArray<TaskId> tasks, TaskState state)
    {
        ended[(int)state] += tasks.Length;
        Completed += tasks.Length;
        foreach (TaskId task in tasks)
        {
            endedBadly[task.Ordinal] = state;
        }
    }

    private void Reopen(ImmutableArray<TaskId> tasks)
    {
        foreach (TaskId task in tasks)
        {
            if (endedBadly.Remove(task.Ordinal, out TaskState state))
            {
                ended[(int)state]--;
                SkippedByOthers -= state == TaskState.Skipped && SkippedByOthers > 0 ? 1 : 0;
                string name = registry[run].NameOf(task.Ordinal);
                failures.RemoveAll(failure => failure.Name == name);
            }
        }
    }
}
