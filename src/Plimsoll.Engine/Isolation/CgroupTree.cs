using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>What is done to a group and everything below it, in one hierarchy.</summary>
internal static class CgroupTree
{
    /// <summary>Removes the groups, deepest first; true when none is left.</summary>
    public static bool Remove(string folder)
    {
        if (CgroupFolder.Remove(folder))
            return true;

        bool all = true;
        foreach (string child in Children(folder))
            all &= Remove(child);

        return all && CgroupFolder.Remove(folder);
    }

    /// <summary>Adds all processes, those of nested groups included.</summary>
    public static void AddMembers(string folder, ICollection<int> pids)
    {
        CgroupFolder.AddMembers(folder, pids);
        foreach (string child in Children(folder))
            AddMembers(child, pids);
    }

    /// <summary>The field of a file, added up over all groups.</summary>
    public static long Sum(string folder, string file, string field)
    {
        long sum = CgroupFolder.ReadField(folder, file, field) ?? 0;
        foreach (string child in Children(folder))
            sum += Sum(child, file, field);

        return sum;
    }

    /// <summary>Lets frozen processes run, in either version.</summary>
    public static void Thaw(string folder)
    {
        foreach (string child in Children(folder))
            Thaw(child);

        if (CgroupFolder.Write(folder, "cgroup.freeze", "0") != 0)
            _ = CgroupFolder.Write(folder, "freezer.state", "THAWED");
    }

    /// <summary>SIGKILL to each process that is in the group now.</summary>
    /// <returns>How many there were.</returns>
    public static int Kill(string folder)
    {
        List<int> members = [];
        AddMembers(folder, members);
        foreach (int pid in members)
        {
            // Between list and signal the number may pass to another process; the tick pins the one that is in the group still.
            if (ProcStat.TryRead(pid, out ProcStat stat))
                ProcessSignal.Send(pid, stat.StartTicks, ProcessSignal.Kill);
        }

        return members.Count;
    }

    /// <summary>The groups directly below.</summary>
    public static string[] Children(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is gone, or not ours.
            return [];
        }
    }
}
