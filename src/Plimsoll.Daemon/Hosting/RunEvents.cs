using System.Threading.Channels;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Providers;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Tells the front end what happens in a run, from durable facts, in order.</summary>
/// <remarks>Must observe before the <see cref="RunTally"/>, which knows when the attempt that just ended began.</remarks>
internal sealed class RunEvents(RunId run, TaskRegistry registry, RunTally tally, AttemptLayout layout) : IFactObserver
{
    /// <summary>A reader that is this far behind has gone away (a closed terminal); the run goes on without telling it more.</summary>
    private const int Most = 4_000_000;

    private readonly Channel<RunEventView> events = Channel.CreateBounded<RunEventView>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Dictionary<AttemptId, ModelUsage> used = [];
    private readonly FactViews views = new(layout);

    public ChannelReader<RunEventView> Reader => events.Reader;

    /// <summary>True when started events carry the command: runs of <c>plimsoll map</c> only, a plan may carry secrets.</summary>
    public bool WithCommands { get; init; }

    public void Tell(RunEventView view) => events.Writer.TryWrite(view);

    public void Complete() => events.Writer.TryComplete();

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case AttemptAdmitted fact when fact.Attempt.Task.Run == run:
                    Tell(views.Started(fact, registry[run], WithCommands));
                    break;
                case AttemptFinished { Next: TaskState.Ready or TaskState.Retrying } fact when fact.Attempt.Task.Run == run:
                    Tell(views.Retrying(fact, registry[run], Elapsed(fact), Used(fact.Attempt)));
                    break;
                case AttemptFinished fact when fact.Attempt.Task.Run == run:
                    Tell(views.Ended(fact, registry[run], Elapsed(fact), Used(fact.Attempt)));
                    break;
                case ModelUsed fact when fact.Attempt.Task.Run == run && tally.AdmittedAt(fact.Attempt.Task) is not null:
                    used[fact.Attempt] = fact.Usage;
                    break;
                case StreamsKept fact when fact.Attempt.Task.Run == run:
                    Tell(FactViews.Kept(fact, registry[run]));
                    break;
                case TasksSkipped fact:
                    foreach (TaskId task in fact.Tasks)
                    {
                        Tell(FactViews.Skipped(fact, task, registry[run]));
                    }

                    break;
                case TasksCancelled fact:
                    foreach (TaskId task in fact.Tasks)
                    {
                        Tell(FactViews.Cancelled(fact, task, registry[run]));
                    }

                    break;
                case GuardStepped fact when fact.Action.Attempt == default || fact.Action.Attempt.Task.Run == run:
                    Tell(FactViews.Stepped(fact, run.Value, fact.Action.Attempt == default ? null : registry[run]));
                    break;
                case ClassWidthChanged fact:
                    Tell(FactViews.Narrowed(fact, run.Value));
                    break;
                case BreakerChanged fact:
                    Tell(FactViews.Broken(fact, run.Value));
                    break;
            }
        }
    }

    /// <summary>What an attempt that has ended used of models; asked once.</summary>
    private ModelUsageView? Used(AttemptId attempt) => used.Remove(attempt, out ModelUsage usage) ? UsageTally.View(usage) : null;

    private TimeSpan Elapsed(AttemptFinished fact) =>
        tally.AdmittedAt(fact.Attempt.Task) is { } since ? fact.At - since : TimeSpan.Zero;
}
