using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>Ends the process tree of one attempt: SIGTERM to each member once, SIGKILL to all after the grace, until none is left.</summary>
/// <remarks>
/// Members are the leader, the attempt's orphans and all their descendants. Against a tree that forks faster than it is read, all
/// members are stopped first, round by round, until a round finds none new; then they are killed. A supervisor is spared as long as
/// it has a child, so that it can record how the command ended.
/// </remarks>
internal sealed class TreeEnding
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ContainerPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(1);
    private readonly LiveAttempt attempt;
    private readonly HashSet<(int Pid, long Ticks)> asked = [];
    private readonly TreeMembers members;
    private readonly List<ProcStat> targets = [];
    private TimeSpan pause = FirstPause;
    private TimeSpan? aloneSince;
    private TimeSpan? cleaningSince;

    public TreeEnding(LiveAttempt attempt, TimeSpan now, TimeSpan grace)
    {
        this.attempt = attempt;
        members = new TreeMembers(attempt);
        KillAt = now + grace;
        NextLook = now;
    }

    /// <summary>When asking turns into killing.</summary>
    public TimeSpan KillAt { get; private set; }

    /// <summary>True once it has been told that the tree outlives SIGKILL.</summary>
    public bool HangTold { get; set; }

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
        if (CleansUp(now))
        {
            attempt.Leaf?.Kill();
            new ContainerReadBack(attempt).Kill();
        }
        else if (now < KillAt)
        {
            // A frozen process takes note of SIGTERM only when it goes on.
            if (attempt.Leaf is { IsFrozen: true } frozen)
                frozen.Thaw();

            members.Collect(targets, table, orphans, live);
            TreeSignals.Ask(targets, asked);
        }
        else
        {
            KillAll(now, table, orphans, live);
        }

        NextLook = now + pause;
        if (now < KillAt && NextLook > KillAt)
            NextLook = KillAt;

        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    // A container's CLI and its monitor remove the container once it has ended; without that the engine believes it still runs.
    private bool CleansUp(TimeSpan now)
    {
        if (!attempt.IsContainer)
            return false;

        bool due = now >= KillAt || attempt.LeaderEnded || (!attempt.IsElsewhere && attempt.Leaf?.IsPopulated() == false);
        cleaningSince ??= due ? now : null;
        return due && now - cleaningSince < ContainerPatience;
    }

    private void KillAll(TimeSpan now, ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        attempt.Leaf?.Kill();
        int killed = TreeSignals.StopAndKill(list =>
        {
            orphans.Refresh(live);
            members.Collect(list, table, orphans, live);
        });

        if (killed > 0)
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
}
