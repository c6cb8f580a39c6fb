using System.Globalization;
using System.Threading.Channels;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Accepts single tasks: those that arrive while a turn commits become one block of the next, so that one sync serves many.</summary>
/// <remarks>
/// They go into an open run, the inbox, which is sealed and replaced when it has grown. One block is under way at a time; whoever submits
/// is answered when it is durable. Idempotency keys become durable in the same turn as their tasks.
/// </remarks>
internal sealed class Intake : IFactObserver, IAsyncDisposable
{
    /// <summary>Tasks after which a block takes no further request.</summary>
    private const int TasksPerBlock = 4096;

    /// <summary>Tasks after which the inbox is replaced: what recovery reads and memory holds stays bounded.</summary>
    private const int TasksPerRun = 20_000;

    private readonly LoopHost loop;
    private readonly SubmissionKeys keys;
    private readonly Lineage lineage;
    private readonly Func<string> origin;
    private readonly CancellationTokenSource stop = new();

    /// <summary>Full: the submitter is told to come back.</summary>
    private readonly Channel<SubmissionRequest> requests = Channel.CreateBounded<SubmissionRequest>(new BoundedChannelOptions(8192) { SingleReader = true });

    private readonly PendingBlocks pending = new();
    private readonly Dictionary<string, Submitted> batchKeys = new(StringComparer.Ordinal);
    private Task pump = Task.CompletedTask;
    private volatile bool closed;
    private Inbox? inbox; // owned by the pump

    /// <param name="origin">What is kept with a new inbox.</param>
    public Intake(LoopHost loop, SubmissionKeys keys, Lineage lineage, Func<string> origin)
    {
        this.loop = loop;
        this.keys = keys;
        this.lineage = lineage;
        this.origin = origin;
    }

    /// <summary>True when nothing more is accepted.</summary>
    public bool IsClosed => closed;

    /// <summary>Why somebody wants nothing to be accepted; gives null while nobody does.</summary>
    public Func<Refusal?> Barred { private get; set; } = static () => null;

    /// <summary>Why nothing is accepted at the moment; null while it is.</summary>
    public Refusal? Refusing => closed ? Unavailable.Stopping : loop.JournalTrouble is { } trouble ? Unavailable.Journal(trouble) : Barred();

    /// <summary>Begins to accept.</summary>
    /// <param name="open">The inbox that an earlier process left open; null = a new one is opened when it is needed.</param>
    public void Begin(Inbox? open)
    {
        inbox = open;
        pump = PumpAsync();
    }

    /// <summary>Accepts all of the tasks or none; ends when they are durable.</summary>
    /// <param name="with">What else is to be durable in the same turn; told the tasks, on another thread.</param>
    public async Task<Outcome<IReadOnlyList<Submitted>>> SubmitAsync(IReadOnlyList<Submission> tasks, Func<IReadOnlyList<Submitted>, IReadOnlyList<ServiceRecord>>? with = null)
    {
        if (Refusing is { } refusal)
        {
            return refusal;
        }

        var request = new SubmissionRequest(tasks) { With = with };
        return requests.Writer.TryWrite(request) ? await request.Answer.Task : Unavailable.Busy;
    }

    /// <summary>Opens a run and adds its tasks; ends when both are durable.</summary>
    /// <param name="with">What else belongs to the turn of the tasks.</param>
    public async Task<RunId> OpenAsync(string name, string runOrigin, CompiledBlock block, Func<RunId, IReadOnlyList<Input>> with)
    {
        RunId run = await pending.OpenAsync(loop.Inputs, name, runOrigin);
        await pending.AddAsync(loop.Inputs, new AddTasks(run, block.Block, block.Document), [.. with(run), new SealRun(run)]);
        return run;
    }

    public void Observe(IReadOnlyList<Fact> facts) => pending.Observe(facts);

    /// <summary>Accepts nothing more; what has been taken is still answered.</summary>
    public void Close() => closed = true;

    /// <summary>The loop has ended: nobody will be told that anything is durable.</summary>
    public void Abandon(Exception? error)
    {
        closed = true;
        pending.Abandon(error ?? new JournalException("the service has stopped", retryable: true));
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        requests.Writer.TryComplete();
        await stop.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<(SubmissionRequest Request, Submitted[] Tasks)> taken = [];
        while (await requests.Reader.WaitToReadAsync(stop.Token))
        {
            try
            {
                inbox ??= new Inbox(await pending.OpenAsync(loop.Inputs, "inbox", origin()), 0);
                await TakeAsync(inbox, taken);
                taken.ForEach(one => one.Request.Answer.TrySetResult(one.Tasks));
            }
            catch (Exception error) when (error is JournalException or OperationCanceledException)
            {
                taken.ForEach(one => one.Request.Answer.TrySetResult(Unavailable.Unknown(error.Message)));
                inbox = null;
            }

            taken.Clear();
            batchKeys.Clear();
        }
    }

    private async Task TakeAsync(Inbox run, List<(SubmissionRequest Request, Submitted[] Tasks)> taken)
    {
        SubmissionBatch batch = new();
        List<(string Key, KeptKey Kept)> kept = [];
        List<ServiceRecord> records = [];
        while (batch.Count < TasksPerBlock && requests.Reader.TryRead(out SubmissionRequest? request))
        {
            if (Conflict(request) is { } conflict)
            {
                request.Answer.TrySetResult(conflict);
                continue;
            }

            Submitted[] added = [.. request.Tasks.Select(task => Add(task, run, batch, kept, records))];
            taken.Add((request, added));
            records.AddRange(request.With?.Invoke(added) ?? []);
        }

        if (batch.Count == 0)
        {
            return;
        }

        CompiledBlock block = batch.Build();
        List<Input> with = [];
        if (kept.Count + records.Count > 0)
        {
            with.Add(new ChangeRecords([.. kept.Select(one => SubmissionKeys.Record(one.Key, one.Kept)), .. records], Acknowledges: true));
        }

        if (run.Count >= TasksPerRun)
        {
            with.Add(new SealRun(run.Run));
            inbox = null;
        }

        await pending.AddAsync(loop.Inputs, new AddTasks(run.Run, block.Block, block.Document), with);
        kept.ForEach(one => keys.Add(one.Key, one.Kept));
    }

    private Submitted Add(Submission task, Inbox run, SubmissionBatch batch, List<(string Key, KeptKey Kept)> kept, List<ServiceRecord> records)
    {
        if (task.EffectiveKey is { } known && Find(known) is { } repeated)
        {
            return repeated;
        }

        int ordinal = run.Count++;
        string name = task.Name ?? string.Create(CultureInfo.InvariantCulture, $"{task.Work.Name}-{ordinal}");
        var submitted = new Submitted(new TaskId(run.Run, ordinal), name, Repeated: false);
        batch.Add(task.Work, name, task.Priority, task.Binding);
        if (task.Parent is { } parent)
        {
            // Known before it is durable: whoever sees the task at all must find whose it is.
            lineage.Add(submitted.Task, parent);
            records.Add(Lineage.Record(submitted.Task, parent));
        }

        if (task.EffectiveKey is { } key)
        {
            kept.Add((key, keys.Keep(task, submitted.Task, name)));
            batchKeys[key] = submitted with { Repeated = true };
        }

        return submitted;
    }

    private Submitted? Find(string key) => batchKeys.TryGetValue(key, out Submitted now) ? now
        : keys.Find(key) is { } before ? new Submitted(new TaskId(before.Task), before.Name, Repeated: true)
        : null;

    private Refusal? Conflict(SubmissionRequest request)
    {
        foreach (Submission task in request.Tasks)
        {
            if (task.EffectiveKey is { } key && keys.Find(key) is { } before && before.Digest != SubmissionKeys.Digest(task))
            {
                return new Refusal(ExitCode.Invalid, $"the idempotency key '{key}' was used for another task ({new TaskId(before.Task)})", "Use a new key for each task; repeat one only with the same content.");
            }
        }

        return null;
    }
}
