using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>Tells what memory had to do with the end of an attempt.</summary>
internal static class MemoryEvidence
{
    private const int SigKill = 9;
    private const int KilledCode = 128 + SigKill;

    /// <param name="hostKilled">The kernel has ended some process of the machine for want of memory in the last moments.</param>
    /// <param name="killedSinceStart">The same since the attempt was started.</param>
    public static MemoryEnd Of(LiveAttempt attempt, ExitReport report, bool hostKilled, bool killedSinceStart)
    {
        if (report.ExitCode == 0 || report.StartError is not null)
            return MemoryEnd.None;

        if (attempt.OverLimit)
            return MemoryEnd.OwnLimit;

        if (attempt.Leaf is { } leaf)
        {
            if (leaf.OutOfMemoryKills() > 0)
                return leaf.ReachedOwnLimit() ? MemoryEnd.OwnLimit : MemoryEnd.HostKiller;

            // Under version 1 the engine has removed the container's own group with its counters, and may have taken its time.
            if (attempt.IsContainer && killedSinceStart && attempt.Kill is null && report.ExitCode == KilledCode)
            {
                if (leaf.ReachedOwnLimit())
                    return MemoryEnd.OwnLimit;

                if (hostKilled)
                    return MemoryEnd.HostKiller;
            }
        }
        else if (hostKilled && attempt.Kill is null && report.Signal == SigKill)
        {
            return MemoryEnd.HostKiller;
        }

        return HeapAbort.RuntimeOf(report, attempt.Launch.Files.Error) is null ? MemoryEnd.None : MemoryEnd.HeapAbort;
    }
}
