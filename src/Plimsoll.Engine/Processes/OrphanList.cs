using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>The processes that tasks left behind, found exactly and cheaply.</summary>
/// <remarks>
/// We are a subreaper (prctl(2), PR_SET_CHILD_SUBREAPER): a descendant whose parent ends becomes a child of our main thread, before
/// the end of that parent can be seen. Commands are children of the spawner's thread, so <c>/proc/self/task/PID/children</c> of the
/// main thread lists orphans only: when it is empty after a command ended, nothing of its tree is left. One read of an open file.
/// What adopted attempts leave behind is not ours; for that a <see cref="StrayList"/> looks at all processes.
/// </remarks>
internal sealed unsafe class OrphanList : IDisposable
{
    private const int BufferBytes = 65536;
    private static readonly int OwnPid = System.Environment.ProcessId;
    private readonly int children;
    private readonly byte* buffer = (byte*)NativeMemory.Alloc(BufferBytes);
    private readonly int ownSession = LibC.SessionOf(0);
    private readonly Dictionary<int, Orphan> known = [];
    private readonly List<int> listed = [];

    private readonly StrayList strays;
    private readonly string ownTags;

    public OrphanList(string journalId)
    {
        strays = new StrayList(journalId);
        ownTags = $"{AttemptTag.Variable}{journalId}:";
        _ = LibC.Control(LibC.SetChildSubreaper, 1, 0, 0, 0);
        children = LibC.Open($"/proc/self/task/{OwnPid}/children", LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        if (children < 0)
            throw new PlatformNotSupportedException($"/proc/self/task/{OwnPid}/children is missing; mount /proc and use a kernel with CONFIG_PROC_CHILDREN");
    }

    /// <summary>Takes a fresh look, collecting those that have ended.</summary>
    /// <remarks>
    /// One that ended after the list was read may have left children that are not in it, so only a look in which all were alive is a
    /// true picture; a process would have to fork and end within microseconds, for ever, to prevent one.
    /// </remarks>
    /// <param name="live">Running attempts by tag.</param>
    public void Refresh(Dictionary<string, LiveAttempt> live)
    {
        strays.Expire();
        bool settled = false;
        while (!settled)
        {
            ReadChildren();
            settled = true;
            foreach (int pid in listed)
                settled &= Look(pid, live);
        }

        foreach (int pid in known.Keys)
        {
            if (!listed.Contains(pid))
                known.Remove(pid);
        }
    }

    /// <summary>Adds the orphans of an attempt, as of the last <see cref="Refresh"/>.</summary>
    public int AddOf(LiveAttempt attempt, Dictionary<string, LiveAttempt> live, HashSet<int>? pids)
    {
        int count = attempt.IsAdopted ? strays.AddOf(attempt, live, pids) : 0;
        foreach (Orphan orphan in known.Values)
        {
            if (!Belongs(orphan, attempt, live))
                continue;

            count++;
            pids?.Add(orphan.Pid);
        }

        return count;
    }

    public void Dispose()
    {
        strays.Dispose();
        _ = LibC.Close(children);
        NativeMemory.Free(buffer);
    }

    // Without tag and session the owner is a guess until only one of those that can have made it is left.
    private static bool Belongs(Orphan orphan, LiveAttempt attempt, Dictionary<string, LiveAttempt> live)
    {
        if (orphan.Tag is not null)
            return orphan.Tag == attempt.Tag;

        if (orphan.Session == attempt.Pid)
            return true;

        return orphan.Suspects is { } suspects
            && Array.IndexOf(suspects, attempt) >= 0
            && !Array.Exists(suspects, other => other != attempt && live.ContainsKey(other.Tag));
    }

    /// <returns>False when it has ended.</returns>
    private bool Look(int pid, Dictionary<string, LiveAttempt> live)
    {
        if (!ProcStat.TryRead(pid, out ProcStat stat) || stat.Parent != OwnPid)
        {
            known.Remove(pid);
            return false;
        }

        // Tasks live in sessions of their own and cannot enter ours: this is a child some other part of the program made.
        if (stat.Session == ownSession || IsLeader(pid, live))
            return true;

        if (stat.IsZombie)
        {
            known.Remove(pid);
            return LibC.Wait(pid, null, LibC.WaitNoHang, null) != pid;
        }

        if (known.TryGetValue(pid, out Orphan? orphan) && orphan.StartTicks == stat.StartTicks)
            return true;

        // The tag of another journal comes from a Plimsoll that is itself a task: its tasks are its owner's.
        string? tag = AttemptTag.Read(pid);
        tag = tag is not null && tag.StartsWith(ownTags, StringComparison.Ordinal) ? tag : null;
        bool inSession = IsLeader(stat.Session, live);
        known[pid] = new Orphan(pid, stat.Session, stat.StartTicks, tag, tag is null && !inSession ? [.. live.Values] : null);
        return true;
    }

    private static bool IsLeader(int pid, Dictionary<string, LiveAttempt> live)
    {
        foreach (LiveAttempt attempt in live.Values)
        {
            if (attempt.Pid == pid)
                return true;
        }

        return false;
    }

    private void ReadChildren()
    {
        listed.Clear();
        long offset = 0;
        int pid = 0;
        nint count;
        while ((count = LibC.ReadAt(children, buffer, BufferBytes, offset)) > 0)
        {
            foreach (byte letter in new ReadOnlySpan<byte>(buffer, (int)count))
            {
                if (letter == ' ')
                {
                    listed.Add(pid);
                    pid = 0;
                }
                else
                {
                    pid = (pid * 10) + letter - '0';
                }
            }

            offset += count;
        }
    }
}
