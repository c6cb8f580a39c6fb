using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>Tells what memory had to do with the end of an attempt.</summary>
internal static class MemoryEvidence
{
    private const int SigKill = 9;
    private const int KilledCode = 128 + SigKill;

    /// <param name="hostKilled">The kernel has ended some process of the machine for want of memory in the last moments.</param>
    public static MemoryEnd Of(LiveAttempt attempt, ExitReport report, bool hostKilled)
    {
        if (report.ExitCode == 0 || report.StartError is not null)
            return MemoryEnd.None;

        if (attempt.OverLimit)
            return MemoryEnd.OwnLimit;

        if (attempt.Leaf is { } leaf)
        {
            if (leaf.OutOfMemoryKills() > 0)
                return leaf.ReachedOwnLimit() ? MemoryEnd.OwnLimit : MemoryEnd.HostKiller;

            // The engine has removed the container's own group with its counters.
            if (attempt.IsContainer && hostKilled && attempt.Kill is null && report.ExitCode == KilledCode)
                return leaf.ReachedOwnLimit() ? MemoryEnd.OwnLimit : MemoryEnd.HostKiller;
        }
        else if (hostKilled && attempt.Kill is null && report.Signal == SigKill)
        {
            return MemoryEnd.HostKiller;
        }

        return HeapAbort.RuntimeOf(report, attempt.Launch.Files.Error) is null ? MemoryEnd.None : MemoryEnd.HeapAbort;
    }
}
