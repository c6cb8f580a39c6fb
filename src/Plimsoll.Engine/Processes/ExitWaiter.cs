using System.Collections.Concurrent;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Waits for all commands on one thread, ends trees, and reports each attempt when nothing of it is left.</summary>
/// <remarks>Everything below <see cref="Run"/> belongs to that thread; others only add to the mailbox, which holds at most two entries per live attempt.</remarks>
internal sealed class ExitWaiter : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    /// <summary>After SIGKILL a process is gone within milliseconds; one that is not hangs in the kernel, and nobody can end it.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastingAfter = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentQueue<LiveAttempt> mailbox = new();
    private readonly Queue<(LiveAttempt Attempt, TimeSpan Due)> unannounced = new();
    private readonly EventQueue events = new();
    private readonly HostKills hostKills = new();
    private readonly OrphanList orphans;
    private readonly ProcTable table = new();
    private readonly Dictionary<string, LiveAttempt> live = new(StringComparer.Ordinal);
    private readonly Dictionary<long, LiveAttempt> byKey = [];
    private readonly List<LiveAttempt> ending = [];
    private readonly Placement placement;
    private readonly Action<LiveAttempt> lasting;
    private readonly Action<LiveAttempt, ExitReport> ended;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly OwnedThread thread;
    private TimeSpan nextSweep;
    private volatile bool stopping;
    private volatile bool leaving;

    /// <param name="lasting">Called for direct starts that live on after a while.</param>
    /// <param name="ended">Called on the waiter's thread, once per attempt.</param>
    public ExitWaiter(
        string journalId,
        Placement placement,
        Action<LiveAttempt> lasting,
        Action<LiveAttempt, ExitReport> ended,
        TimeProvider time,
        Action<Exception> failed)
    {
        orphans = new OrphanList(journalId);
        this.placement = placement;
        this.lasting = lasting;
        this.ended = ended;
        this.time = time;
        origin = time.GetTimestamp();
        thread = new OwnedThread(nameof(ProcessExecutor), "wait", Run, failed);
        thread.Start();
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Takes over a started attempt, or looks again at one that is to be killed.</summary>
    public void Post(LiveAttempt attempt)
    {
        mailbox.Enqueue(attempt);
        events.Wake();
    }

    /// <summary>Told once of an attempt that lives on after SIGKILL.</summary>
    public Action<LiveAttempt>? Hanging { get; set; }

    /// <summary>Returns when every attempt that was handed over has been reported, or hangs in the kernel: then recovery looks for it.</summary>
    public void Dispose()
    {
        stopping = true;
        events.Wake();
        thread.Dispose();
        events.Dispose();
        orphans.Dispose();
        table.Dispose();
        hostKills.Dispose();
    }

    /// <summary>Returns as soon as those that cannot be left have been reported; supervised ones stay as they are.</summary>
    public void Leave()
    {
        leaving = true;
        Dispose();
    }

    private void Run()
    {
        Span<long> keys = stackalloc long[64];
        while (!stopping || !mailbox.IsEmpty || live.Values.Any(IsAwaited))
        {
            int count = events.Wait(keys, Timeout());
            ReadMailbox();
            for (int index = 0; index < count; index++)
            {
                if (byKey.TryGetValue(keys[index], out LiveAttempt? attempt))
                    LeaderEnded(attempt);
            }

            Announce();
            Advance();
        }

        foreach (LiveAttempt attempt in live.Values)
        {
            if (!attempt.LeaderEnded)
                _ = LibC.Close(attempt.PidDescriptor);
        }
    }

    private bool IsAwaited(LiveAttempt attempt) =>
        attempt.Ending is not { HangTold: true } && !(leaving && (attempt.IsAdopted || attempt.Launch.Mode == StartMode.Supervised));

    private void Announce()
    {
        while (unannounced.TryPeek(out (LiveAttempt Attempt, TimeSpan Due) first) && (first.Attempt.Reported || first.Due <= Now))
        {
            unannounced.Dequeue();
            if (!first.Attempt.Reported)
                lasting(first.Attempt);
        }
    }

    private int Timeout()
    {
        TimeSpan due = live.Count > 0 ? nextSweep : TimeSpan.MaxValue;
        if (unannounced.TryPeek(out (LiveAttempt Attempt, TimeSpan Due) first) && first.Due < due)
            due = first.Due;

        foreach (LiveAttempt attempt in ending)
        {
            if (attempt.Ending!.NextLook < due)
                due = attempt.Ending.NextLook;
        }

        return due == TimeSpan.MaxValue ? -1 : (int)Math.Ceiling(Math.Clamp((due - Now).TotalMilliseconds, 0, 60_000));
    }

    private void ReadMailbox()
    {
        while (mailbox.TryDequeue(out LiveAttempt? attempt))
        {
            if (attempt.Reported)
                continue;

            if (byKey.TryAdd(attempt.Key, attempt))
            {
                live.Add(attempt.Tag, attempt);
                if (attempt.IsContainer)
                    attempt.HostKillsBefore = hostKills.Count();

                if (attempt is { Launch.Mode: StartMode.Direct, IsAdopted: false })
                    unannounced.Enqueue((attempt, Now + LastingAfter));

                if (live.Count == 1)
                    nextSweep = Now + SweepPeriod;

                if (attempt.LeaderEnded)
                    LeaderEnded(attempt);
                else
                    events.Watch(attempt.PidDescriptor, attempt.Key);
            }

            if (attempt.Reported)
                continue;

            if (attempt.Kill is { } kill)
                End(attempt, kill.Grace);
            else if (attempt.OverLimit)
                End(attempt, TimeSpan.Zero);

            if (attempt.Leaf is null)
                StopOrContinue(attempt);
        }
    }

    private void StopOrContinue(LiveAttempt attempt)
    {
        // To be known as stopped is what lets them go on, also when that is asked for already.
        if (attempt is { WasStopped: true, Stopping: null })
            (attempt.Stopping = new TreeStop(attempt)).Stop(table, orphans, live);

        if (attempt.Freeze == FreezeRequest.Stop && attempt.Ending is null)
            (attempt.Stopping ??= new TreeStop(attempt)).Stop(table, orphans, live);
        else if (attempt.Freeze == FreezeRequest.Continue)
            attempt.Stopping?.Continue();
    }

    private void LeaderEnded(LiveAttempt attempt)
    {
        attempt.LeaderEnded = true;
        if (attempt.PidDescriptor >= 0)
            _ = LibC.Close(attempt.PidDescriptor);

        orphans.Refresh(live);
        if (IsGone(attempt))
            Report(attempt);
        else
            End(attempt, attempt.Kill?.Grace ?? attempt.Launch.Grace);
    }

    private void End(LiveAttempt attempt, TimeSpan grace)
    {
        if (attempt.Ending is { } already)
        {
            already.Hasten(Now, grace);
            return;
        }

        attempt.Ending = new TreeEnding(attempt, Now, grace);
        ending.Add(attempt);
    }

    /// <summary>Does what is due: collecting orphans that ended, and the next step of each tree being ended.</summary>
    private void Advance()
    {
        TimeSpan now = Now;
        bool sweep = live.Count > 0 && now >= nextSweep;
        if (!sweep && ending.Count == 0)
            return;

        orphans.Refresh(live);
        if (sweep)
        {
            nextSweep = now + SweepPeriod;
            hostKills.Look();
            foreach (LiveAttempt attempt in live.Values)
            {
                // Half a task is of no use to anybody.
                if (attempt.Ending is null && placement.HasLostMembers(attempt))
                    End(attempt, TimeSpan.Zero);
                else if (attempt.Ending is null && (attempt.Refusal = placement.Confirm(attempt)) is not null)
                    End(attempt, TimeSpan.Zero);
            }
        }

        for (int index = ending.Count - 1; index >= 0; index--)
        {
            LiveAttempt attempt = ending[index];
            if (attempt.LeaderEnded && IsGone(attempt))
                Report(attempt);
            else if (attempt.Ending!.NextLook <= now)
                Step(attempt, attempt.Ending, now);
        }
    }

    // Its leaf shows also those that were adopted by somebody else.
    private bool IsGone(LiveAttempt attempt) => orphans.AddOf(attempt, live, null) == 0 && attempt.Leaf?.IsPopulated() != true;

    private void Step(LiveAttempt attempt, TreeEnding tree, TimeSpan now)
    {
        tree.Step(now, table, orphans, live);
        if (!tree.HangTold && now > tree.KillAt + HangsAfter)
        {
            tree.HangTold = true;
            Hanging?.Invoke(attempt);
        }
    }

    private void Report(LiveAttempt attempt)
    {
        attempt.Reported = true;
        ending.Remove(attempt);
        live.Remove(attempt.Tag);
        byKey.Remove(attempt.Key);
        ExitReport report = ExitReader.Collect(attempt);
        if (attempt.Refusal is { } refusal)
            report = ExitReport.NotStarted(refusal);

        bool killed = report.Signal is not null || report.ExitCode > 128;
        ended(attempt, report with
        {
            Evidence = MemoryEvidence.Of(
                attempt, report, killed && hostKills.Lately(), killed && attempt.IsContainer && hostKills.Count() > attempt.HostKillsBefore),
            GroupPeak = attempt is { Launch.TellsGroupPeak: true, IsContainer: false, Leaf: { } leaf } ? attempt.Reading.GroupPeak(leaf) : null,
            Footprint = attempt.Reading.Finish(time.GetElapsedTime(attempt.StartedAt)),
        });
    }
}
