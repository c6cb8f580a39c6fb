namespace Plimsoll.Engine.Processes;

/// <summary>The two ways to tell a changing set of processes to end.</summary>
internal static class TreeSignals
{
    private const int StopRounds = 32;

    /// <summary>SIGTERM to each member that was not asked before.</summary>
    public static void Ask(List<ProcStat> members, HashSet<(int Pid, long Ticks)> asked)
    {
        foreach (ProcStat member in members)
        {
            if (!asked.Add((member.Pid, member.StartTicks)))
                continue;

            ProcessSignal.Send(member.Pid, member.StartTicks, ProcessSignal.Terminate);
            // A stopped process takes note of SIGTERM only when it goes on.
            ProcessSignal.Send(member.Pid, member.StartTicks, ProcessSignal.Continue);
        }
    }

    /// <summary>Stops members until a look finds no new one, so that none can fork any more, then kills them all.</summary>
    /// <param name="collect">Replaces the list with the members there are now.</param>
    /// <returns>How many were killed; a set that grew through all rounds is not complete, so the caller looks again.</returns>
    public static int StopAndKill(Action<List<ProcStat>> collect)
    {
        HashSet<(int Pid, long Ticks)> stopped = [];
        StopAll(collect, stopped);
        foreach ((int pid, long ticks) in stopped)
            ProcessSignal.Send(pid, ticks, ProcessSignal.Kill);

        return stopped.Count;
    }

    /// <summary>Stops members until a look finds none that is not in <paramref name="stopped"/>.</summary>
    public static void StopAll(Action<List<ProcStat>> collect, HashSet<(int Pid, long Ticks)> stopped)
    {
        List<ProcStat> members = [];
        bool any = true;
        for (int round = 0; any && round < StopRounds; round++)
        {
            any = false;
            collect(members);
            foreach (ProcStat member in members)
            {
                if (stopped.Add((member.Pid, member.StartTicks)))
                    any |= ProcessSignal.Send(member.Pid, member.StartTicks, ProcessSignal.Stop);
            }
        }
    }
}
