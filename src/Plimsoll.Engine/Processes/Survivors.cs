using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>After a crash: finds what still runs of earlier attempts, ends it, and tells how each attempt ended.</summary>
/// <remarks>
/// Call it while the state folder is locked and before anything is started. Found are processes with this journal's
/// <c>PLIMSOLL_ATTEMPT</c> in their environment, those in the session of a recorded leader (boot id, number and start time agree), and the
/// descendants of both, and everything in the cgroups of earlier attempts, which are removed. Without cgroups a process that cleared its
/// environment, opened a session and lost its parents cannot be found after a crash.
/// </remarks>
public sealed class Survivors(string journalId, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(30);

    /// <summary>Blocks until every tree is gone: at once for those that obey SIGTERM, after the grace for others.</summary>
    /// <returns>For each attempt asked about: its recorded end, or <see cref="ExitReport.Lost"/>.</returns>
    /// <exception cref="TimeoutException">A process outlives SIGKILL by 30 s; nothing may be started again.</exception>
    public IReadOnlyDictionary<AttemptId, ExitReport> EndAll(IReadOnlyList<AttemptTrace> attempts, TimeSpan grace)
    {
        // From here on no supervisor can begin one that has not begun.
        foreach (AttemptTrace attempt in attempts)
            PidFile.Revoke(attempt.Files.Pid);

        CgroupLeftovers leftovers = CgroupLeftovers.Find(journalId);
        leftovers.Thaw();
        using SurvivorSearch search = new(journalId, attempts, leftovers);
        using PreciseSleep sleep = new();
        EndSupervisors(search, sleep);

        // Their records are final now: what is not written never will be.
        Dictionary<AttemptId, ExitReport> reports = [];
        foreach (AttemptTrace attempt in attempts)
        {
            ExitReport? recorded = ExitFile.Read(attempt.Files.Exit, out _);
            reports[attempt.Attempt] = recorded switch
            {
                null => ExitReport.Lost,
                { ExitCode: 0 } => OutputsFile.AddTo(recorded, attempt.Files.Values, attempt.DeclaredOutputs),
                _ => recorded,
            };
        }

        ContainerRecord[] containers = [.. attempts.Select(attempt => ContainerRecord.Read(attempt.Files)).OfType<ContainerRecord>()];
        foreach (ContainerRecord container in containers.Where(container => container.HasDaemon))
            container.Remove();

        EndOthers(search, sleep, grace);
        foreach (ContainerRecord container in containers.Where(container => !container.HasDaemon))
            container.Remove();

        foreach (AttemptTrace attempt in attempts)
            ContainerRecord.Forget(attempt.Files);

        leftovers.Remove();
        return reports;
    }

    // First, so that no supervisor records as the task's own end what is our doing.
    private void EndSupervisors(SurvivorSearch search, PreciseSleep sleep)
    {
        long begun = time.GetTimestamp();
        while (search.KillSupervisors() > 0)
            Pause(sleep, FirstPause, begun, search.Describe);
    }

    private void EndOthers(SurvivorSearch search, PreciseSleep sleep, TimeSpan grace)
    {
        List<ProcStat> members = [];
        HashSet<(int Pid, long Ticks)> asked = [];
        TimeSpan pause = FirstPause;
        long begun = time.GetTimestamp();
        search.Collect(members);
        while (members.Count > 0 && time.GetElapsedTime(begun) < grace)
        {
            TreeSignals.Ask(members, asked);
            TimeSpan left = grace - time.GetElapsedTime(begun);
            sleep.Wait(pause < left ? pause : left < TimeSpan.Zero ? TimeSpan.Zero : left);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            search.Collect(members);
        }

        begun = time.GetTimestamp();
        while (TreeSignals.StopAndKill(search.Collect) > 0)
            Pause(sleep, FirstPause, begun, search.Describe);
    }

    private void Pause(PreciseSleep sleep, TimeSpan pause, long begun, Func<string> describe)
    {
        if (time.GetElapsedTime(begun) > KillPatience)
            throw new TimeoutException($"processes of an earlier run do not end on SIGKILL: {describe()}; they hang in the kernel (a dead disk or mount?)");

        sleep.Wait(pause);
    }
}
