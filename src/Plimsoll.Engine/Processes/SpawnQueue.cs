using System.Collections.Concurrent;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Starts commands one after another on its own thread, so that a slow disk holds up neither the caller nor the waiter.</summary>
/// <remarks>Bounded by the attempts in flight: the loop admits no more than it has slots for.</remarks>
internal sealed class SpawnQueue : IDisposable
{
    private const int ProcessGroup = 1;
    private const int Niceness = 5;
    private readonly BlockingCollection<LiveAttempt> queue = [];
    private readonly Placement placement;
    private readonly Action<LiveAttempt> started;
    private readonly Action<LiveAttempt, ExitReport> refused;
    private readonly ManualResetEventSlim finished = new();
    private readonly ManualResetEventSlim release = new();
    private readonly OwnedThread thread;
    private volatile bool leaving;

    /// <param name="started">Called on the queue's thread before anything else can be known of the process.</param>
    /// <param name="refused">Called instead when the command could not be started.</param>
    public SpawnQueue(Placement placement, Action<LiveAttempt> started, Action<LiveAttempt, ExitReport> refused, Action<Exception> failed)
    {
        this.placement = placement;
        this.started = started;
        this.refused = refused;
        thread = new OwnedThread(nameof(ProcessExecutor), "spawn", Run, failed);
        thread.Start();
    }

    public void Add(LiveAttempt attempt) => queue.Add(attempt);

    /// <summary>Takes no more and returns when every attempt was started or refused.</summary>
    public void Finish()
    {
        queue.CompleteAdding();
        finished.Wait();
    }

    /// <summary>Takes no more, refuses those that wait and returns when the one being started is.</summary>
    public void Leave()
    {
        leaving = true;
        Finish();
    }

    /// <summary>Ends the thread; call it when all commands have ended or are left, because they are this thread's children until then.</summary>
    public void Dispose()
    {
        Finish();
        release.Set();
        thread.Dispose();
        queue.Dispose();
        finished.Dispose();
        release.Dispose();
    }

    private void Run()
    {
        try
        {
            SpawnAll();
        }
        finally
        {
            finished.Set();
        }

        release.Wait();
    }

    private void SpawnAll()
    {
        using CommandSpawner spawner = new();
        foreach (LiveAttempt attempt in queue.GetConsumingEnumerable())
        {
            Spawn(spawner, attempt);
        }
    }

    /// <summary>Starts one command on the calling thread, which keeps the spawner for itself.</summary>
    internal void Spawn(CommandSpawner spawner, LiveAttempt attempt)
    {
        if (leaving)
        {
            refused(attempt, ExitReport.Lost);
            return;
        }

        string? refusal = attempt.Kill is { } kill ? $"ended before it started ({kill.Reason})" : null;
        refusal ??= placement.Place(attempt);
        if (refusal is null)
            attempt.Pid = spawner.Spawn(attempt, out refusal);

        if (refusal is not null)
        {
            placement.Release(attempt);
            refused(attempt, ExitReport.NotStarted(refusal));
            return;
        }

        // Without a group nothing but this keeps tasks from slowing down who watches them; a short direct command is not worth it.
        if (attempt.Leaf is null && attempt.Launch.Mode == StartMode.Supervised)
            _ = LibC.SetPriority(ProcessGroup, attempt.Pid, Niceness);

        // Our own unreaped child: neither can the number be reused nor the entry be missing.
        attempt.PidDescriptor = LibC.OpenPid(attempt.Pid);
        started(attempt);
    }
}
