namespace Plimsoll.Engine.Processes;

/// <summary>Finds the processes of adopted attempts, whose orphans become children of init and not ours.</summary>
/// <remarks>
/// Theirs are those with their tag in the environment and those in the session of their leader; descendants are the caller's to add. Each
/// look takes two passes over all processes, because one may miss a process that is just being made, and is taken only when somebody asks.
/// One thread.
/// </remarks>
internal sealed class StrayList(string journalId) : IDisposable
{
    private const int Passes = 2;
    private readonly string ownTags = $"{AttemptTag.Variable}{journalId}:";
    private readonly HashSet<int> ourselves = Ourselves();
    private readonly ProcTable table = new();
    private readonly Dictionary<int, LiveAttempt> sessions = [];
    private readonly Dictionary<LiveAttempt, HashSet<int>> found = [];
    private Dictionary<(int Pid, long Ticks), string?> tags = []; // of processes that were read before; a program keeps its environment
    private Dictionary<(int Pid, long Ticks), string?> seen = [];
    private bool fresh;

    /// <summary>Has the next question look anew.</summary>
    public void Expire() => fresh = false;

    /// <summary>Adds the living processes of an adopted attempt.</summary>
    /// <param name="live">All attempts by tag.</param>
    /// <returns>How many there are.</returns>
    public int AddOf(LiveAttempt attempt, Dictionary<string, LiveAttempt> live, HashSet<int>? pids)
    {
        if (!fresh)
            Look(live);

        if (!found.TryGetValue(attempt, out HashSet<int>? members))
            return 0;

        pids?.UnionWith(members);
        return members.Count;
    }

    public void Dispose() => table.Dispose();

    private void Look(Dictionary<string, LiveAttempt> live)
    {
        fresh = true;
        found.Clear();
        sessions.Clear();
        foreach (LiveAttempt attempt in live.Values)
        {
            if (attempt is { IsAdopted: true, SessionOver: false, Pid: > 0 })
                sessions[attempt.Pid] = attempt;
        }

        seen.Clear();
        for (int pass = 0; pass < Passes; pass++)
            Pass(live);

        (tags, seen) = (seen, tags);
        foreach (LiveAttempt attempt in sessions.Values)
        {
            // Nobody enters a session from outside: from here on its number is another's.
            if (attempt.LeaderEnded && !found.ContainsKey(attempt))
                attempt.SessionOver = true;
        }
    }

    private void Pass(Dictionary<string, LiveAttempt> live)
    {
        table.Refresh(ourselves);
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            // A number is free for another process only when nobody is left in the session of that name.
            if (sessions.TryGetValue(entry.Pid, out LiveAttempt? leader) && leader.StartTicks != entry.StartTicks)
            {
                leader.SessionOver = true;
                sessions.Remove(entry.Pid);
            }

            if (!entry.IsZombie && OwnerOf(entry, live) is { IsAdopted: true } owner)
                Add(owner, entry.Pid);
        }
    }

    private LiveAttempt? OwnerOf(in ProcStat entry, Dictionary<string, LiveAttempt> live) =>
        TagOf(entry) is { } tag ? live.GetValueOrDefault(tag) : sessions.GetValueOrDefault(entry.Session);

    // The tag of another journal comes from a Plimsoll that is itself a task: its tasks are its owner's.
    private string? TagOf(in ProcStat entry)
    {
        (int, long) key = (entry.Pid, entry.StartTicks);
        if (!seen.TryGetValue(key, out string? tag) && (tags.TryGetValue(key, out tag) || AttemptTag.TryRead(entry.Pid, out tag)))
            seen.Add(key, tag);

        return tag?.StartsWith(ownTags, StringComparison.Ordinal) == true ? tag : null;
    }

    private void Add(LiveAttempt owner, int pid)
    {
        if (!found.TryGetValue(owner, out HashSet<int>? members))
            found.Add(owner, members = []);

        members.Add(pid);
    }

    // A Plimsoll may itself run inside a task of the same journal; neither it nor those who wait for it are strays.
    private static HashSet<int> Ourselves()
    {
        HashSet<int> found = [];
        int pid = System.Environment.ProcessId;
        while (pid > 1 && found.Add(pid) && ProcStat.TryRead(pid, out ProcStat stat))
            pid = stat.Parent;

        return found;
    }
}
