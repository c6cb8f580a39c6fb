using System.Globalization;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Torture.Host;

/// <summary>A memory cgroup that plays the host: what lies in it has this memory and no more.</summary>
/// <remarks>Whatever happens to this process, a janitor of its own session ends what is in the group and removes it.</remarks>
internal sealed class HostGroup : IAsyncDisposable
{
    private const string Entrance = "contender";
    private readonly Janitor janitor;

    private HostGroup(string folder, bool isUnified, long bytes, bool isOwn, string? scratch)
    {
        Folder = folder;
        IsUnified = isUnified;
        LimitBytes = bytes;
        janitor = Janitor.Watch(folder, isOwn, scratch);
    }

    public string Folder { get; }

    public bool IsUnified { get; }

    public long LimitBytes { get; }

    /// <summary>Stalls of the group where the kernel tells them (version 2), otherwise of the machine.</summary>
    public string PressureFile => File.Exists($"{Folder}/memory.pressure") ? $"{Folder}/memory.pressure" : "/proc/pressure/memory";

    /// <summary>Makes a group below the one this process is in.</summary>
    /// <param name="scratch">A folder that is removed with it; null = none.</param>
    /// <exception cref="IOException">The kernel does not let us, with what to change.</exception>
    public static HostGroup Create(Bytes limit, string? scratch)
    {
        HostHierarchy own = HostHierarchy.OfThisProcess() ?? throw new IOException("no cgroup file system with a memory controller is mounted; mount cgroup2 on /sys/fs/cgroup");
        IOException? refusal = null;
        // Under version 2 a group with processes has no children with limits: we step aside; where others are in it too, the root of the
        // hierarchy is the place, for those who may.
        foreach (string parent in new[] { own.Folder, own.Mount }.Distinct(StringComparer.Ordinal))
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"{parent}/torture-{Environment.ProcessId}");
            try
            {
                if (own.IsUnified)
                    Share(own, parent);

                Directory.CreateDirectory(folder);
                File.WriteAllText(LimitFile(folder, own.IsUnified), limit.Value.ToString(CultureInfo.InvariantCulture));
                return new(folder, own.IsUnified, limit.Value, isOwn: true, scratch);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder);
                refusal ??= new($"the cgroup {folder} that plays the host cannot be made: {error.Message}; run as root, or make a memory cgroup with a limit and name it with --cgroup", error);
            }
        }

        throw refusal!;
    }

    /// <summary>Takes a group that is there, with the limit it has.</summary>
    /// <exception cref="IOException">It is no memory cgroup or has no limit.</exception>
    public static HostGroup Use(string folder, string? scratch)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        bool unified = File.Exists(LimitFile(path, isUnified: true));
        string limitFile = LimitFile(path, unified);
        if (!File.Exists(limitFile))
            throw new IOException($"--cgroup is '{folder}', which is no memory cgroup; name a folder below /sys/fs/cgroup");

        string limit = File.ReadAllText(limitFile).Trim();
        return long.TryParse(limit, CultureInfo.InvariantCulture, out long bytes) && bytes < 1L << 60
            ? new(path, unified, bytes, isOwn: false, scratch)
            : throw new IOException($"the cgroup {path} has no limit (found '{limit}'); write one into {limitFile}");
    }

    /// <summary>The file into which a process writes its number to enter.</summary>
    public string OpenEntrance()
    {
        if (!IsUnified)
            return $"{Folder}/cgroup.procs";

        Directory.CreateDirectory($"{Folder}/{Entrance}");
        return $"{Folder}/{Entrance}/cgroup.procs";
    }

    /// <summary>Ends everything in the group and gives its page cache back.</summary>
    public Task EmptyAsync(CancellationToken cancellationToken) => janitor.EmptyAsync(cancellationToken);

    public ValueTask DisposeAsync() => janitor.DisposeAsync();

    /// <summary>Gives limits to the children of a version 2 group.</summary>
    private static void Share(HostHierarchy own, string parent)
    {
        string controls = $"{parent}/cgroup.subtree_control";
        if (parent == own.Mount || File.ReadAllText(controls).Split(' ', '\n').Contains("memory", StringComparer.Ordinal))
        {
            File.WriteAllText(controls, "+memory");
            return;
        }

        string aside = string.Create(CultureInfo.InvariantCulture, $"{parent}/torture-{Environment.ProcessId}.self");
        Directory.CreateDirectory(aside);
        try
        {
            File.WriteAllText($"{aside}/cgroup.procs", "0");
            File.WriteAllText(controls, "+memory");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.ReadAllText($"{aside}/cgroup.procs").Length > 0)
                File.WriteAllText($"{parent}/cgroup.procs", "0");

            Directory.Delete(aside);
            throw;
        }
    }

    private static string LimitFile(string folder, bool isUnified) => $"{folder}/{(isUnified ? "memory.max" : "memory.limit_in_bytes")}";
}
