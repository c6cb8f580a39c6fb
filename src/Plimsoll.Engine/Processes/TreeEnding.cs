namespace Plimsoll.Engine.Processes;

/// <summary>Ends the process tree of one attempt: SIGTERM to each member once, SIGKILL to all after the grace, until none is left.</summary>
/// <remarks>
/// Members are the leader, the attempt's orphans and all their descendants. Against a tree that forks faster than it is read, all
/// members are stopped first, round by round, until a round finds none new; then they are killed. A supervisor is spared as long as
/// it has a child, so that it can record how the command ended.
/// </remarks>
internal sealed class TreeEnding
{
    private const int StopRounds = 32;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(1);
    private readonly LiveAttempt attempt;
    private readonly HashSet<(int Pid, long Ticks)> asked = [];
    private readonly HashSet<int> members = [];
    private TimeSpan pause = FirstPause;
    private TimeSpan? aloneSince;

    public TreeEnding(LiveAttempt attempt, TimeSpan now, TimeSpan grace)
    {
        this.attempt = attempt;
        KillAt = now + grace;
        NextLook = now;
    }

    /// <summary>When asking turns into killing.</summary>
    public TimeSpan KillAt { get; private set; }

    /// <summary>When <see cref="Step"/> is due.</summary>
    public TimeSpan NextLook { get; private set; }

    /// <summary>Takes over a shorter grace.</summary>
    public void Hasten(TimeSpan now, TimeSpan grace)
    {
        if (now + grace < KillAt)
            KillAt = now + grace;

        LookNow(now);
    }

    public void LookNow(TimeSpan now)
    {
        NextLook = now;
        pause = FirstPause;
    }

    /// <summary>Signals who is there now; whether the tree is gone is the waiter's to find out.</summary>
    public void Step(TimeSpan now, ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        if (now < KillAt)
            Ask(table, orphans, live);
        else
            KillAll(now, table, orphans, live);

        NextLook = now + pause;
        if (now < KillAt && NextLook > KillAt)
            NextLook = KillAt;

        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    private void Ask(ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        Collect(table, orphans, live);
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (!IsTarget(entry) || !asked.Add((entry.Pid, entry.StartTicks)))
                continue;

            ProcessSignal.Send(entry.Pid, entry.StartTicks, ProcessSignal.Terminate);
            // A stopped process takes note of SIGTERM only when it goes on.
            ProcessSignal.Send(entry.Pid, entry.StartTicks, ProcessSignal.Continue);
        }
    }

    private void KillAll(TimeSpan now, ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        HashSet<(int Pid, long Ticks)> stopped = [];
        for (int round = 0; round < StopRounds; round++)
        {
            Collect(table, orphans, live);
            bool any = false;
            foreach (ref readonly ProcStat entry in table.Entries)
            {
                if (IsTarget(entry) && stopped.Add((entry.Pid, entry.StartTicks)))
                {
                    any = true;
                    ProcessSignal.Send(entry.Pid, entry.StartTicks, ProcessSignal.Stop);
                }
            }

            if (!any)
                break;

            orphans.Refresh(live);
        }

        foreach ((int pid, long ticks) in stopped)
            ProcessSignal.Send(pid, ticks, ProcessSignal.Kill);

        if (stopped.Count > 0)
            aloneSince = null;
        else
            EndLeader(now);
    }

    // Nobody but a supervisor is left; it ends by itself after writing a few bytes, unless its disk hangs.
    private void EndLeader(TimeSpan now)
    {
        aloneSince ??= now;
        if (!attempt.LeaderEnded && now - aloneSince >= SupervisorPatience)
            ProcessSignal.Send(attempt.Pid, attempt.StartTicks, ProcessSignal.Kill);
    }

    private bool IsTarget(in ProcStat entry) =>
        !entry.IsZombie
        && members.Contains(entry.Pid)
        && (entry.Pid != attempt.Pid || attempt.Launch.Mode == StartMode.Direct);

    private void Collect(ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        members.Clear();
        if (!attempt.LeaderEnded)
            members.Add(attempt.Pid);

        orphans.AddOf(attempt, live, members);
        table.Refresh();
        table.AddDescendants(members);
    }
}
