namespace Plimsoll.Engine.Processes;

/// <summary>Stops the tree of an attempt without a leaf by SIGSTOP, and lets it go on by SIGCONT.</summary>
/// <remarks>Belongs to the waiter's thread. A process that left tree and session unseen goes on; a cgroup would hold it.</remarks>
internal sealed class TreeStop(LiveAttempt attempt)
{
    private readonly TreeMembers members = new(attempt);
    private readonly HashSet<(int Pid, long Ticks)> stopped = [];

    /// <summary>Stops what runs; harmless for what is stopped.</summary>
    public void Stop(ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live) =>
        TreeSignals.StopAll(
            list =>
            {
                orphans.Refresh(live);
                members.Collect(list, table, orphans, live);
            },
            stopped);

    public void Continue()
    {
        foreach ((int pid, long ticks) in stopped)
            ProcessSignal.Send(pid, ticks, ProcessSignal.Continue);

        stopped.Clear();
    }
}
