using Plimsoll.Core.Effects;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>Runs commands as processes of their own session and reports each attempt once its whole process tree is gone.</summary>
/// <remarks>
/// Linux with glibc 2.34 or later; one per program. For each <see cref="Start"/> the sink gets at most one AttemptStarted and then exactly
/// one AttemptEnded, from threads of the executor. A disk that fills up while a command writes is that command's own write error.
/// </remarks>
public sealed class ProcessExecutor : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<AttemptId, LiveAttempt> attempts = []; // guarded by gate
    private readonly IInputSink sink;
    private readonly string journalId;
    private readonly TimeProvider time;
    private readonly TaskParent? parent;
    private readonly Placement placement;
    private readonly SpawnQueue spawns;
    private readonly Lock spawning = new(); // around the spawner of callers
    private readonly CommandSpawner spawner = new();
    private readonly ExitWaiter waiter;
    private long lastKey;
    private bool disposed; // guarded by gate

    /// <param name="journalId">Part of <c>PLIMSOLL_ATTEMPT</c>; without NUL.</param>
    /// <param name="failed">Gets the exception that ended one of the executor's threads: a bug, after which nothing is reported any more.</param>
    /// <param name="parent">Where attempts get cgroups; null = plain processes. The caller disposes it after the executor.</param>
    public ProcessExecutor(IInputSink sink, string journalId, TimeProvider time, Action<Exception> failed, TaskParent? parent = null)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("commands run on Linux only: process trees are tracked by /proc, pidfd and subreapers");

        this.sink = sink;
        this.journalId = journalId;
        this.time = time;
        this.parent = parent;
        ChildSignal.Restore();
        placement = new Placement(parent, journalId, "no cgroup could be made; plimsoll doctor says why");
        waiter = new ExitWaiter(journalId, placement, Announced, Ended, time, failed);
        spawns = new SpawnQueue(placement, Started, Ended, failed);
    }

    /// <summary>Told once of an attempt that lives on seconds after SIGKILL, from a thread of the executor; it is reported when it ends after all.</summary>
    public Action<AttemptId>? Hanging
    {
        set => waiter.Hanging = value is null ? null : attempt => value(attempt.Id);
    }

    /// <summary>Told, in a sentence and once each, what does not work as asked.</summary>
    public Action<string>? Notice
    {
        set => placement.Notice = value;
    }

    /// <summary>Takes over what an earlier Plimsoll left: supervised commands go on, of anything else nothing is left.</summary>
    /// <remarks>
    /// Call it while the state folder is locked, before the first start and before the loop begins. The sink gets AttemptStarted and
    /// AttemptAdopted for those that live on, and one AttemptEnded for each in the end: at once for those of which nothing is left.
    /// </remarks>
    /// <exception cref="IOException">An attempt that nobody began cannot be revoked: the disk is full or read-only.</exception>
    public Adoption Adopt(IReadOnlyList<AttemptTrace> attempts)
    {
        var recovery = new AttemptRecovery(journalId, parent, time);
        IReadOnlyList<LiveAttempt> taken = recovery.Take(attempts, () => Interlocked.Increment(ref lastKey));
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            foreach (LiveAttempt attempt in taken)
                this.attempts.Add(attempt.Id, attempt);
        }

        Adoption adoption = recovery.Sort(taken);
        foreach (LiveAttempt attempt in taken)
        {
            if (!attempt.LeaderEnded)
            {
                Announced(attempt);
                sink.Post(new AttemptAdopted(attempt.Id, attempt.IsFrozen));
            }

            if (adoption.Ended.TryGetValue(attempt.Id, out ExitReport? report))
            {
                Ended(attempt, report);
                continue;
            }

            attempt.HandedOver = true;
            waiter.Post(attempt);
        }

        return adoption;
    }

    /// <summary>Leaves supervised commands to the next Plimsoll and joins the threads; a later <see cref="Dispose"/> does nothing.</summary>
    /// <remarks>
    /// Frozen ones go on. Direct ones are ended, because nobody could tell how they ended, and those still waiting to be started never are:
    /// both are reported as lost. What is left gets no report.
    /// </remarks>
    /// <returns>The attempts that live on.</returns>
    public IReadOnlyList<AttemptId> Release()
    {
        lock (gate)
        {
            if (disposed)
                return [];

            disposed = true;
        }

        spawns.Leave();
        foreach (LiveAttempt attempt in Running())
        {
            if (attempt is { Launch.Mode: StartMode.Direct, IsAdopted: false })
            {
                attempt.Abandoned = true;
                End(attempt, new KillRequest(TimeSpan.Zero, KillReason.Interrupted));
            }
            else if (attempt.Leaf is null)
            {
                Signal(attempt, FreezeRequest.Continue);
            }
            else if (attempt.IsFrozen)
            {
                attempt.Leaf.Thaw();
            }
        }

        waiter.Leave();
        DisposeSpawners();
        return [.. Running().Select(static attempt => attempt.Id)];
    }

    /// <summary>Queues the start of an attempt; does not block.</summary>
    public void Start(ProcessLaunch launch) => spawns.Add(Register(launch));

    /// <summary>Starts an attempt on the caller's thread, which must not be the program's first and must outlive the command.</summary>
    /// <remarks>Blocks until the program is loaded: for short commands, to which two changes of thread are a large part of their life.</remarks>
    public void StartHere(ProcessLaunch launch)
    {
        LiveAttempt attempt = Register(launch);
        lock (spawning)
        {
            spawns.Spawn(spawner, attempt);
        }
    }

    private LiveAttempt Register(ProcessLaunch launch)
    {
        LiveAttempt attempt;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            attempt = new LiveAttempt(placement.Settle(launch), AttemptTag.Of(journalId, launch.Attempt), Interlocked.Increment(ref lastKey));
            if (!attempts.TryAdd(launch.Attempt, attempt))
                throw new InvalidOperationException($"attempt {launch.Attempt} is already running");
        }

        return attempt;
    }

    /// <summary>Ends an attempt with its whole tree; does not block. Harmless for one that is not running; a shorter grace replaces a longer one.</summary>
    public void Kill(AttemptId attempt, TimeSpan grace, KillReason reason)
    {
        if (Find(attempt) is { } found)
            End(found, new KillRequest(grace, reason));
    }

    /// <summary>Stops an attempt's whole tree: at once in a cgroup, otherwise as soon as its processes are found.</summary>
    /// <returns>False when it is not running or cannot be stopped.</returns>
    public bool Freeze(AttemptId attempt) => Find(attempt) is { HandedOver: true } found && found.Leaf switch
    {
        { } leaf => leaf.Freeze(),
        null => Signal(found, FreezeRequest.Stop),
    };

    /// <summary>Lets a stopped attempt go on.</summary>
    /// <returns>False when it is not running, or the kernel refused.</returns>
    public bool Thaw(AttemptId attempt) => Find(attempt) is { HandedOver: true } found && found.Leaf switch
    {
        { } leaf => leaf.Thaw(),
        null => Signal(found, FreezeRequest.Continue),
    };

    /// <summary>Asks the kernel to take back cold pages of an attempt. Blocks while it does: not for the guard's thread.</summary>
    /// <returns>False where the kernel cannot (cgroup version 1, no cgroup) or found less.</returns>
    public bool Reclaim(AttemptId attempt, Bytes amount) => Find(attempt)?.Leaf?.Reclaim(amount) == true;

    /// <summary>How an attempt is held apart; null when it is not running.</summary>
    public AttemptIsolation? IsolationOf(AttemptId attempt) => Find(attempt) is not { } found ? null
        : found.IsContainer ? new AttemptIsolation(IsolationKind.Container, found.ReadBack ?? TaskLimits.None, found.IsFrozen, found.Leaf?.Escaped == true)
        : found.Leaf is { } leaf ? new AttemptIsolation(IsolationKind.Cgroup, leaf.Applied, leaf.IsFrozen, leaf.Escaped)
        : new AttemptIsolation(IsolationKind.Process, TaskLimits.None, found.IsFrozen, false);

    /// <summary>Resident memory of an attempt's process tree at the last sample; zero when it is not running.</summary>
    public Bytes ResidentOf(AttemptId attempt) => Find(attempt)?.Resident ?? default;

    /// <summary>What an attempt held so far; null when it is not running or was not read yet.</summary>
    /// <remarks>Of one that was adopted: since then.</remarks>
    public AttemptFootprint? FootprintOf(AttemptId attempt) => Find(attempt) is { } found ? found.Reading.SoFar(time.GetElapsedTime(found.StartedAt)) : null;

    /// <summary>Ends everything that still runs, without grace, reports it and joins the threads.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
                return;

            disposed = true;
        }

        foreach (LiveAttempt attempt in Running())
            End(attempt, new KillRequest(TimeSpan.Zero, KillReason.Cancelled));

        spawns.Finish();
        waiter.Dispose();
        DisposeSpawners();
    }

    /// <summary>Running attempts, for probes.</summary>
    internal void CopyRunning(List<LiveAttempt> target)
    {
        lock (gate)
        {
            foreach (LiveAttempt attempt in attempts.Values)
            {
                if (attempt is { HandedOver: true, Pid: > 0 })
                    target.Add(attempt);
            }
        }
    }

    /// <summary>Ends an attempt that holds more than it may.</summary>
    internal void EndOverLimit(LiveAttempt attempt)
    {
        if (attempt.OverLimit)
            return;

        attempt.OverLimit = true;
        waiter.Post(attempt);
    }

    private LiveAttempt[] Running()
    {
        lock (gate)
        {
            return [.. attempts.Values];
        }
    }

    private void DisposeSpawners()
    {
        spawns.Dispose();
        lock (spawning)
        {
            spawner.Dispose();
        }
    }

    private LiveAttempt? Find(AttemptId attempt)
    {
        lock (gate)
        {
            return attempts.GetValueOrDefault(attempt);
        }
    }

    private void End(LiveAttempt attempt, KillRequest request)
    {
        attempt.Kill = request;
        // Before the hand-over the spawner or the waiter's first look finds the request; the fence keeps it in front of the question.
        Interlocked.MemoryBarrier();
        if (attempt.HandedOver)
            waiter.Post(attempt);
    }

    private bool Signal(LiveAttempt attempt, FreezeRequest request)
    {
        attempt.Freeze = request;
        waiter.Post(attempt);
        return true;
    }

    private void Started(LiveAttempt attempt)
    {
        attempt.StartedAt = time.GetTimestamp();
        // A direct start is mostly short: that it runs is worth telling only when it lasts.
        if (attempt.Launch.Mode == StartMode.Supervised)
            Announced(attempt);

        attempt.HandedOver = true;
        waiter.Post(attempt);
    }

    private void Announced(LiveAttempt attempt) =>
        sink.Post(new AttemptStarted(attempt.Id, new ProcessIdentity(attempt.Pid, attempt.StartTicks, BootIdentity.Current)));

    private void Ended(LiveAttempt attempt, ExitReport report)
    {
        lock (gate)
        {
            attempts.Remove(attempt.Id);
        }

        placement.Release(attempt);
        sink.Post(new AttemptEnded(attempt.Id, attempt.Abandoned && report.ExitCode != 0 ? ExitReport.Lost : report));
    }
}
