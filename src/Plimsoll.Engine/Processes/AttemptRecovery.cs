using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>Finds out what became of the attempts of an earlier Plimsoll, and takes over those that live.</summary>
/// <remarks>
/// An attempt is its supervisor's as long as that lives: the process that the claim names by number, start time and boot. One that nobody
/// claimed is revoked first, so that no supervisor can begin it any more. Of everything else nothing may be left before it is reported.
/// </remarks>
/// <param name="parent">Where new attempts get their leaves; null = nowhere.</param>
internal sealed class AttemptRecovery(string journalId, TaskParent? parent, TimeProvider time)
{
    private const double TicksPerSecond = 100; // USER_HZ is this on every Linux
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(2);

    /// <summary>Makes a live attempt of each trace; one without a living supervisor counts as one whose leader has ended.</summary>
    /// <param name="nextKey">Names them in the event queue.</param>
    /// <exception cref="IOException">One that nobody claimed can be claimed still.</exception>
    public IReadOnlyList<LiveAttempt> Take(IReadOnlyList<AttemptTrace> traces, Func<long> nextKey)
    {
        if (traces.Count == 0)
            return [];

        AttemptTrace[] claimed = [.. traces.Where(static trace => !PidFile.Revoke(trace.Files.Pid))];
        AwaitClaims(claimed);
        var leaves = new LeafSearch(journalId, parent);
        TimeSpan uptime = Uptime();
        LiveAttempt[] taken = [.. traces.Select(trace => Take(trace, nextKey(), leaves, uptime))];
        leaves.RemoveOthers();
        foreach (LiveAttempt attempt in taken)
        {
            if (attempt is { IsContainer: true, LeaderEnded: true })
                EndContainer(attempt);
        }

        NoticeStopped(taken);
        return taken;
    }

    /// <summary>Tells apart those that live on, those of which something is left, and those that are gone.</summary>
    public Adoption Sort(IReadOnlyList<LiveAttempt> taken)
    {
        using StrayList strays = new(journalId);
        Dictionary<string, LiveAttempt> byTag = taken.ToDictionary(static attempt => attempt.Tag, StringComparer.Ordinal);
        List<AttemptId> adopted = [];
        List<AttemptId> ending = [];
        Dictionary<AttemptId, ExitReport> ended = [];
        foreach (LiveAttempt attempt in taken)
        {
            if (!attempt.LeaderEnded)
            {
                adopted.Add(attempt.Id);
            }
            else if (strays.AddOf(attempt, byTag, null) > 0 || attempt.Leaf?.IsPopulated() == true)
            {
                ending.Add(attempt.Id);
            }
            else
            {
                ExitReport report = ExitReader.Collect(attempt);
                ended.Add(attempt.Id, report with { Evidence = MemoryEvidence.Of(attempt, report, false, false) });
            }
        }

        return new Adoption(adopted, ending, ended);
    }

    // Between making the file and writing to it a supervisor does nothing else, but may have to wait for a processor.
    private void AwaitClaims(AttemptTrace[] traces)
    {
        using PreciseSleep sleep = new();
        using StrayList strays = new(journalId);
        Dictionary<string, LiveAttempt> pending = new(StringComparer.Ordinal);
        foreach (AttemptTrace trace in traces)
        {
            LiveAttempt attempt = new(LaunchOf(trace, StartMode.Direct, null), AttemptTag.Of(journalId, trace.Attempt), 0) { IsAdopted = true, LeaderEnded = true };
            if (PidFile.Read(trace.Files.Pid) is null)
                pending[attempt.Tag] = attempt;
        }

        long begun = time.GetTimestamp();
        while (pending.Values.Any(attempt => PidFile.Read(attempt.Launch.Files.Pid) is null && strays.AddOf(attempt, pending, null) > 0)
            && time.GetElapsedTime(begun) < ClaimPatience)
        {
            sleep.Wait(ClaimPause);
            strays.Expire();
        }
    }

    private LiveAttempt Take(AttemptTrace trace, long key, LeafSearch leaves, TimeSpan uptime)
    {
        ProcessIdentity? claim = PidFile.Read(trace.Files.Pid);
        ProcessIdentity? leader = claim ?? trace.Process;
        bool isOfThisBoot = leader?.BootId == BootIdentity.Current;
        int descriptor = claim is not null && isOfThisBoot ? ProcessSignal.Open(claim.Pid, claim.StartTicks) : -1;
        ContainerRecord? container = ContainerRecord.Read(trace.Files);
        TimeSpan age = isOfThisBoot ? uptime - TimeSpan.FromSeconds(leader!.StartTicks / TicksPerSecond) : TimeSpan.Zero;
        return new LiveAttempt(
            LaunchOf(trace, claim is null ? StartMode.Direct : StartMode.Supervised, container), AttemptTag.Of(journalId, trace.Attempt), key)
        {
            IsAdopted = true,
            Pid = isOfThisBoot ? leader!.Pid : 0,
            StartTicks = isOfThisBoot ? leader!.StartTicks : 0,
            PidDescriptor = descriptor,
            LeaderEnded = descriptor < 0,
            Leaf = leaves.Take(trace.Attempt, trace.Limits, container is not null),
            Engine = container is null ? null : Path.GetFileName(container.Program),
            StartedAt = time.GetTimestamp() - (long)(Math.Max(0, age.TotalSeconds) * time.TimestampFrequency),
        };
    }

    private static ProcessLaunch LaunchOf(AttemptTrace trace, StartMode mode, ContainerRecord? container) =>
        new(trace.Attempt, [], [], "/", mode, trace.Files, trace.Grace)
        {
            Isolation = container is null ? IsolationKind.Auto : IsolationKind.Container,
            Limits = trace.Limits,
            DeclaredOutputs = trace.DeclaredOutputs,
        };

    // Whoever would have removed it has ended.
    private static void EndContainer(LiveAttempt attempt)
    {
        attempt.Leaf?.Kill();
        ContainerRecord.Read(attempt.Launch.Files)?.Remove();
    }

    // Without a leaf only the processes themselves tell that an earlier guard has stopped them.
    private static void NoticeStopped(IReadOnlyList<LiveAttempt> taken)
    {
        if (!taken.Any(static attempt => attempt is { Leaf: null, LeaderEnded: false }))
            return;

        using ProcTable table = new();
        table.Refresh();
        foreach (LiveAttempt attempt in taken)
        {
            if (attempt is { Leaf: null, LeaderEnded: false } && IsStopped(attempt.Pid, table.Entries))
            {
                attempt.WasStopped = true;
                attempt.Freeze = FreezeRequest.Stop;
            }
        }
    }

    /// <summary>Whether everything that a supervisor runs was stopped.</summary>
    /// <remarks>
    /// A child between vfork and exec may be stopped too. Its parent then waits for it in the kernel, where no signal reaches it: it shows as 'D' and
    /// would wait for ever.
    /// </remarks>
    internal static bool IsStopped(int supervisor, ReadOnlySpan<ProcStat> entries)
    {
        bool any = false;
        foreach (ref readonly ProcStat entry in entries)
        {
            if (entry.Parent != supervisor || entry.IsZombie)
                continue;

            any = true;
            if (entry.State != 'T' && !(entry.State == 'D' && IsStopped(entry.Pid, entries)))
                return false;
        }

        return any;
    }

    private static TimeSpan Uptime() =>
        SmallFile.TryRead("/proc/uptime", 128, out string text) && double.TryParse(text.Split(' ')[0], CultureInfo.InvariantCulture, out double seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
}
