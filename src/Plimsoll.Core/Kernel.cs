using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;

namespace Plimsoll.Core;

/// <summary>Owns all scheduling state and decides; pure, synchronous, deterministic: time and seed are arguments.</summary>
/// <remarks>One caller at a time. Never does I/O. State changes only by folding facts.</remarks>
public sealed class Kernel
{
    private readonly KernelState state;
    private readonly FactFolder folder;
    private readonly AttemptRules attempts;
    private readonly RunRules runs;
    private readonly NodeRules nodes;
    private readonly CancelRules cancels;
    private readonly RetryRules retries;
    private readonly Propagation propagation;
    private readonly Admitter admitter;
    private readonly GuardViews views;
    private bool recovering;

    public Kernel(KernelStart start)
    {
        state = new KernelState(start);
        folder = new FactFolder(state);
        attempts = new AttemptRules(state);
        runs = new RunRules(state);
        nodes = new NodeRules(state, attempts);
        cancels = new CancelRules(state, attempts);
        retries = new RetryRules(state);
        propagation = new Propagation(state);
        admitter = new Admitter(state);
        views = new GuardViews(state);
    }

    /// <summary>The limits in force.</summary>
    public KernelLimits Limits => state.Limits;

    /// <summary>What tests and benchmarks look at.</summary>
    internal KernelState State => state;

    /// <summary>Folds the inputs, decides what may start and returns the facts and effects of the turn.</summary>
    /// <param name="now">Never earlier than in the call before.</param>
    public Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now)
    {
        var draft = new TurnDraft(now, folder);
        state.Tasks.Now = now.UtcTicks;
        if (recovering)
        {
            recovering = false;
            ShortenBackoffs(now);
        }

        foreach (Input input in inputs)
        {
            Take(input, draft);

            // What the input leaves behind is settled before the next one looks at it.
            propagation.Settle(draft);
        }

        attempts.Advance(draft);
        propagation.Settle(draft);
        admitter.Admit(draft);
        runs.Finish(draft);
        return draft.Finish(state.Timers.Next(), views.Next());
    }

    /// <summary>Recovery: takes a fact from the journal, in journal order, without deciding anything.</summary>
    public void Fold(Fact fact)
    {
        recovering = true;
        folder.Fold(fact);
    }

    /// <summary>True while the run is in memory.</summary>
    public bool Has(RunId run) => state.Runs.Find(run) is not null;

    /// <summary>Why a task is not running (or what it is doing), with numbers; a query over the state of the last turn.</summary>
    public Explanation Explain(TaskId task, DateTimeOffset now) => new Explainer(state, now).Explain(task);

    /// <summary>Counts, live attempts and the first waiting tasks, in O(live + shapes that have ready tasks + <paramref name="waiting"/>).</summary>
    public KernelSnapshot Snapshot(DateTimeOffset now, int waiting) => new Snapshots(state, now).Take(waiting);

    /// <summary>Counts and the first waiting tasks alone, whatever is alive.</summary>
    public KernelSnapshot Line(DateTimeOffset now, int waiting) => new Snapshots(state, now).TakeLine(waiting);

    /// <summary>Locks with their holders and waiters, nodes, and breakers that are not closed, in O(live + locks + classes).</summary>
    public CapacitySnapshot Capacity(DateTimeOffset now) => new CapacitySnapshots(state, now).Take();

    /// <summary>What is watched, in O(live + classes + locks), however many tasks wait.</summary>
    public LoadPicture Load(DateTimeOffset now) => LoadPictures.Of(state, now);

    /// <summary>How far the nodes are loaded, and what waits for what, in O(live + shapes that have ready tasks).</summary>
    public LoadLineSnapshot LoadLine(DateTimeOffset now) => new LoadLines(state, now).Take();

    /// <summary>A page of the classes the kernel knows, in the order of their names, in O(classes + shapes of the page).</summary>
    /// <param name="after">Only classes with a larger name; empty = from the first.</param>
    public ImmutableArray<ClassSnapshot> Classes(string after, int limit) => new ClassSnapshots(state).Take(after, limit);

    /// <summary>One class; null when no task of it was seen and nothing is known of it.</summary>
    public ClassSnapshot? Class(string name) => new ClassSnapshots(state).Find(name);

    /// <summary>Attempts that hold capacity, oldest fence first: after recovery, those whose end was not recorded.</summary>
    public IReadOnlyList<AttemptId> LiveAttempts() =>
        [.. state.Nodes.Live.Select(static live => live.Attempt).OrderBy(static attempt => attempt.Fence)];

    /// <summary>For the guard of a node among several, whenever it is asked for; <see cref="Turn.Guard"/> tells that of this machine.</summary>
    public GuardView GuardOf(NodeId node) => GuardViews.Of(state, state.Nodes.Get(node));

    /// <summary>What an attempt of a class is expected to hold on average; null while nothing was measured.</summary>
    public Bytes? ExpectedOf(string taskClass) =>
        state.Queues.Classes.TryGetValue(taskClass, out ClassState? owner) && owner.Profile.HasSamples
            ? new Bytes(owner.Profile.Footprint.Settled + (long)(owner.Profile.Footprint.Burst * owner.Profile.Footprint.Share))
            : null;

    /// <summary>Median duration of the measured attempts of a class; null while there are none.</summary>
    public TimeSpan? DurationOf(string taskClass) =>
        state.Queues.Classes.TryGetValue(taskClass, out ClassState? owner) && owner.Profile.HasSamples ? owner.Profile.DurationQuantile(0.5) : null;

    /// <summary>Why a task of this shape can never run under these limits, with numbers; null when it can.</summary>
    /// <param name="sample">The node's memory; null when it is not known.</param>
    public static WaitReason? NeverFits(TaskShape shape, KernelLimits limits, MemorySample? sample) => NeverRule.Judge(shape, limits, sample);

    private void Take(Input input, TurnDraft draft)
    {
        switch (input)
        {
            case AttemptEnded ended:
                attempts.Ended(ended, draft);
                break;
            case AttemptStarted started:
                attempts.Started(started, draft);
                break;
            case AttemptAdopted adopted:
                attempts.Adopted(adopted, draft);
                break;
            case SampleTaken taken:
                nodes.Take(taken, draft);
                break;
            case SetNode set:
                nodes.Set(set, draft);
                break;
            case GuardActed acted:
                nodes.Take(acted, draft);
                break;
            case QuotaSampled sampled:
                state.Locks.Feed(sampled.Feeds);
                break;
            case UsageSampled sampled:
                attempts.Used(sampled, draft);
                break;
            case StartsHeld held:
                attempts.Hold(held, draft.Now);
                break;
            case YieldSlot yielded:
                attempts.Yield(yielded);
                break;
            case BindLease bound:
                attempts.Bind(bound);
                break;
            case StreamKept kept:
                attempts.Kept(kept, draft);
                break;
            case ConditionEvaluated evaluated:
                propagation.Evaluated(evaluated, draft);
                break;
            case AddTasks added:
                runs.Add(added, draft);
                break;
            case OpenRun opened:
                runs.Open(opened, draft);
                break;
            case SealRun sealing:
                runs.Seal(sealing, draft);
                break;
            case CancelTask cancelled:
                cancels.Cancel(cancelled, draft);
                break;
            case CancelRun cancelled:
                cancels.Cancel(cancelled, draft);
                break;
            case RetryTask retried:
                retries.Retry(retried, draft);
                break;
            case InterruptAttempts interrupted:
                attempts.Interrupt(interrupted, draft);
                break;
            case ChangeRecords changed:
                draft.Record(new RecordsChanged(draft.Now, changed.Records, changed.Acknowledges));
                break;
            case RestoreRun restored:
                runs.Restore(restored, folder);
                break;
            case ForgetRun forgotten:
                runs.Forget(forgotten);
                break;
            case SetLimits set:
                RunRules.Set(set, draft);
                break;
            case SetPriority set:
                runs.Set(set, draft);
                break;
            case SetIntake set:
                runs.Set(set, draft);
                break;
            default:
                throw new NotSupportedException($"The kernel does not know inputs of the kind {input.GetType().Name}.");
        }
    }

    /// <summary>After a clock that jumped, no backoff lasts longer than its policy's cap from now.</summary>
    private void ShortenBackoffs(DateTimeOffset now) => state.Timers.Rebuild(due =>
    {
        if (due.Kind != DueKind.Retry || due.At <= now + state.PolicyOf(due.Handle).Retry.Backoff.Cap)
        {
            return due;
        }

        state.Retrying[due.Handle] = now + state.PolicyOf(due.Handle).Retry.Backoff.Cap;
        return due with { At = state.Retrying[due.Handle] };
    });
}
