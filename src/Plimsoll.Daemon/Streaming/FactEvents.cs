using System.Collections.Immutable;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Streaming;

/// <summary>Tells subscribers what happens in a service, from durable facts, in order.</summary>
/// <remarks>On the loop's thread; before the <see cref="PoolTally"/>, which knows when an attempt that just ended began, and after the <see cref="UsageTally"/>.</remarks>
internal sealed class FactEvents(EventFeed feed, TaskRegistry registry, PoolTally pool, UsageTally usage) : IFactObserver
{
    /// <summary>More tasks than these of one fact are told together.</summary>
    private const int MostSingly = 64;

    private readonly FactViews views = new(null);

    public void Observe(IReadOnlyList<Fact> facts)
    {
        if (!feed.IsWanted)
        {
            return;
        }

        for (int i = 0; i < facts.Count; i++)
        {
            Observe(facts[i]);
        }
    }

    private void Observe(Fact fact)
    {
        switch (fact)
        {
            case AttemptAdmitted { Attempt.Task: var task } admitted when registry.Find(task.Run) is { } tasks:
                feed.Tell(views.Started(admitted, tasks), task);
                break;
            case AttemptFinished { Attempt.Task: var task } finished when registry.Find(task.Run) is { } tasks:
                feed.Tell(Finished(finished, tasks), task);
                break;
            case TasksSkipped { Tasks: [var first, ..] } skipped when registry.Find(first.Run) is { } tasks:
                Tell(skipped.At, skipped.Tasks, "skipped", skipped.Reason, task => FactViews.Skipped(skipped, task, tasks));
                break;
            case TasksCancelled { Tasks: [var first, ..] } cancelled when registry.Find(first.Run) is { } tasks:
                Tell(cancelled.At, cancelled.Tasks, "cancelled", cancelled.Reason, task => FactViews.Cancelled(cancelled, task, tasks));
                break;
            case TasksRequeued { Tasks: [var first, ..] } requeued:
                feed.Tell(new TasksRequeuedView(fact.At, first.Run.Value, [.. requeued.Tasks.Take(MostSingly).Select(static task => task.Ordinal)], requeued.Tasks.Length, requeued.Reason), requeued.Tasks is [var only] ? only : null);
                break;
            case TasksAdded added:
                feed.Tell(new TasksAddedView(fact.At, added.Run.Value, added.FirstOrdinal, added.Block.Count), added.Block.Count == 1 ? new TaskId(added.Run, added.FirstOrdinal) : null);
                break;
            case GuardStepped stepped:
                Tell(stepped);
                break;
            case StreamsKept { Attempt.Task: var task } kept when registry.Find(task.Run) is { } tasks:
                feed.Tell(FactViews.Kept(kept, tasks), task);
                break;
            case PriorityChanged { Task: var task } changed when registry.Find(task.Run) is { } tasks:
                feed.Tell(new PriorityChangedView(fact.At, task.Run.Value, tasks.NameOf(task.Ordinal), task.Ordinal, changed.Priority), task);
                break;
            default:
                ObserveRun(fact);
                break;
        }
    }

    private void ObserveRun(Fact fact)
    {
        RunEventView? view = fact switch
        {
            RunOpened opened => new RunOpenedView(fact.At, opened.Run.Value, opened.Name),
            RunCancelled cancelled => new RunCancelledView(fact.At, cancelled.Run.Value, cancelled.Reason),
            RunFinished finished => new RunEndedView(fact.At, finished.Run.Value),
            ClassWidthChanged changed => FactViews.Narrowed(changed, 0),
            BreakerChanged changed => FactViews.Broken(changed, 0),
            IntakeChanged changed => new IntakeChangedView(fact.At, 0, changed.Paused, changed.Reason),
            LimitsChanged { Run: null } changed => new LimitsChangedView(fact.At, 0, Limits.View(changed.Limits, default, live: true)),
            _ => null,
        };
        if (view is not null)
        {
            feed.Tell(view);
        }
    }

    private RunEventView Finished(AttemptFinished fact, RunTasks tasks)
    {
        TimeSpan elapsed = pool.AdmittedAt(fact.Attempt) is { } since ? fact.At - since : TimeSpan.Zero;
        ModelUsageView? used = UsageTally.View(usage.Of(fact.Attempt));
        return fact.Next.HasEnded() ? views.Ended(fact, tasks, elapsed, used) : views.Retrying(fact, tasks, elapsed, used);
    }

    private void Tell(GuardStepped stepped)
    {
        TaskId task = stepped.Action.Attempt.Task;
        bool ofNode = stepped.Action.Attempt == default;
        RunTasks? tasks = ofNode ? null : registry.Find(task.Run);
        if (ofNode || tasks is not null)
        {
            feed.Tell(FactViews.Stepped(stepped, ofNode ? 0 : task.Run.Value, tasks), ofNode ? null : task);
        }
    }

    private void Tell(DateTimeOffset at, ImmutableArray<TaskId> ended, string state, string reason, Func<TaskId, RunEventView> view)
    {
        if (ended.Length > MostSingly)
        {
            feed.Tell(new TasksEndedView(at, ended[0].Run.Value, state, ended.Length, reason));
            return;
        }

        foreach (TaskId task in ended)
        {
            feed.Tell(view(task), task);
        }
    }
}
