using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Diagnostics;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>The cgroup above the leaves of all attempts of one journal, with a limit for all of them together.</summary>
/// <remarks>Any thread. The daemon and the supervisors live outside it.</remarks>
public sealed class TaskParent : IDisposable
{
    private const int MostLooks = 40;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private readonly CgroupPaths paths;
    private readonly Action<string> notice;
    private readonly ConcurrentQueue<TaskLeaf> leaving = new(); // leaves whose last process is still on its way out
    private readonly ConcurrentStack<string> aligned = new(); // folders above those of containers that were not there before
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    private TaskParent(CgroupPaths paths, Action<string> notice)
    {
        this.paths = paths;
        this.notice = notice;
    }

    /// <summary>Makes the parent where this machine allows it.</summary>
    /// <param name="notice">Told, in a sentence and once each, what does not work as asked.</param>
    /// <param name="refusal">Why there is none, and what to change.</param>
    public static TaskParent? TryOpen(IsolationOptions options, Action<string> notice, [NotNullWhen(false)] out string? refusal)
    {
        CgroupPaths? found = OperatingSystem.IsLinux()
            ? CgroupBase.Find(options, out refusal)
            : CgroupBase.None("cgroups exist on Linux only", out refusal);
        if (found is null)
            return null;

        TaskParent parent = new(found.Child(options.ParentName), notice);
        refusal = parent.MakeFolders() ?? parent.Prepare();
        if (refusal is null)
            return parent;

        parent.Dispose();
        return null;
    }

    internal CgroupPaths Paths => paths;

    /// <summary>Where the kernel counts the stalls of all tasks; null under plain version 1.</summary>
    internal string? PressureFile => paths.Unified is { } unified ? $"{unified}/memory.pressure" : null;

    /// <summary>Limits all tasks together: freely upwards, downwards never below what is in use and <paramref name="slack"/>.</summary>
    /// <returns>The limit in force now, as read back; null when the kernel did not take it.</returns>
    public Bytes? SetAggregate(Bytes limit, Bytes slack)
    {
        string file = paths.IsUnified ? "memory.max" : "memory.limit_in_bytes";
        long use = CgroupFolder.ReadNumber(paths.Memory, paths.IsUnified ? "memory.current" : "memory.usage_in_bytes") ?? 0;
        long wanted = Math.Max(limit.Value, use + slack.Value);
        int error = CgroupFolder.Write(paths.Memory, file, wanted);
        if (error != 0)
        {
            TellOnce($"{paths.Memory}/{file} does not take {wanted}: {Errno.Text(error)}; all tasks together are limited by admission only");
            return null;
        }

        return CgroupFolder.ReadNumber(paths.Memory, file) is { } inForce ? new Bytes(inForce) : null;
    }

    /// <summary>Removes the parent and what is left below it.</summary>
    public void Dispose()
    {
        RemoveLeavingForAWhile();
        foreach (string folder in paths.Folders())
            _ = CgroupTree.Remove(folder);

        while (aligned.TryPop(out string? folder))
            _ = CgroupFolder.Remove(folder);
    }

    /// <summary>Instead of <see cref="Dispose"/>: keeps the leaves of attempts that live on, and the parent as long as it has one.</summary>
    /// <remarks>A leaf may be empty because its command is about to enter it.</remarks>
    public void Leave()
    {
        RemoveLeavingForAWhile();
        foreach (string folder in paths.Folders())
            _ = CgroupFolder.Remove(folder);
    }

    /// <summary>Makes the leaf of an attempt.</summary>
    internal TaskLeaf? Make(AttemptId attempt, TaskLimits limits, out string? refusal)
    {
        RemoveLeaving();
        List<string> unapplied = [];
        TaskLeaf? leaf = TaskLeaf.Make(paths, attempt.ToString(), limits, unapplied, out refusal);
        if (leaf is null && !Directory.Exists(paths.Memory) && MakeFolders() is null && Prepare() is null)
        {
            // Somebody removed the parent, which is easy while it is empty.
            unapplied.Clear();
            leaf = TaskLeaf.Make(paths, attempt.ToString(), limits, unapplied, out refusal);
        }

        foreach (string each in unapplied)
            TellOnce(each);

        return leaf;
    }

    /// <summary>Makes the group below which the container of an attempt is put.</summary>
    /// <param name="place">How a container engine names it.</param>
    internal TaskLeaf? MakeForContainer(AttemptId attempt, TaskLimits limits, out string place, out string? refusal)
    {
        RemoveLeaving();
        CgroupMounts mounts = CgroupMounts.Read();
        CgroupPaths leaf = paths.Child(attempt.ToString());
        place = leaf.Memory[(paths.IsUnified ? mounts.Unified! : mounts.Of("memory")!).Length..];
        List<string> above = [];
        TaskLeaf? made = TaskLeaf.MakeForContainer(leaf.Aligned(place, mounts), mounts.FoldersOf(place), limits, above, out refusal);
        foreach (string folder in above)
            aligned.Push(folder);

        return made;
    }

    /// <summary>Removes the leaf of an attempt that has ended, now or as soon as the kernel lets go of it.</summary>
    internal void Release(TaskLeaf leaf)
    {
        if (!leaf.Remove())
            leaving.Enqueue(leaf);
    }

    internal void TellOnce(string message)
    {
        if (told.TryAdd(message, true))
            notice(message);
    }

    // A daemon's monitor of a container outlives the client, and under version 1 is in groups where nobody looks for it.
    private void RemoveLeavingForAWhile()
    {
        using PreciseSleep sleep = new();
        for (int looks = 0; looks < MostLooks && !leaving.IsEmpty; looks++)
        {
            RemoveLeaving();
            if (!leaving.IsEmpty)
                sleep.Wait(BetweenLooks);
        }
    }

    private void RemoveLeaving()
    {
        for (int count = leaving.Count; count > 0 && leaving.TryDequeue(out TaskLeaf? leaf); count--)
        {
            if (!leaf.Remove())
                leaving.Enqueue(leaf);
        }
    }

    private string? MakeFolders()
    {
        foreach (string folder in paths.Folders())
        {
            if (CgroupFolder.Make(folder) is var error and not 0)
                return $"the cgroup {folder} cannot be made: {Errno.Text(error)}; {CgroupBase.Advice}";
        }

        return null;
    }

    // One that an earlier Plimsoll left keeps its leaves, the empty ones too: a command may be about to enter.
    private string? Prepare()
    {
        // Kernels before 5.11 count the children of a version 1 group only when asked to.
        if (!paths.IsUnified)
            _ = CgroupFolder.Write(paths.Memory, "memory.use_hierarchy", "1");

        string file = paths.IsUnified ? "memory.max" : "memory.limit_in_bytes";
        if (CgroupFolder.Write(paths.Memory, file, paths.IsUnified ? "max" : "-1") is var error and not 0)
            return $"{paths.Memory}/{file} cannot be written: {Errno.Text(error)}; {CgroupBase.Advice}";

        return paths.IsUnified ? CgroupBase.EnableControllers(paths.Memory) : null;
    }
}
