using System.Globalization;
using Plimsoll.EndToEnd.Support;

namespace Plimsoll.EndToEnd.LoadLine;

/// <summary>A memory cgroup that plays a small host; gone with everything in it on dispose.</summary>
internal sealed class PlayedHost : IDisposable
{
    private readonly bool second;

    public PlayedHost(int mebibytes)
    {
        Folder = $"{MemoryCgroups.Own}/played-{Environment.ProcessId}-{Path.GetRandomFileName()}";
        Directory.CreateDirectory(Folder);
        second = File.Exists(Path.Combine(Folder, "memory.max"));
        Write(second ? "memory.max" : "memory.limit_in_bytes", ((long)mebibytes << 20).ToString(CultureInfo.InvariantCulture));
    }

    public string Folder { get; }

    public long UsedMebibytes => long.Parse(Read(second ? "memory.current" : "memory.usage_in_bytes"), CultureInfo.InvariantCulture) >> 20;

    /// <summary>Processes that the kernel killed for want of memory, those of tasks included.</summary>
    public long Kills => Read(second ? "memory.events" : "memory.oom_control").Split('\n')
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan("oom_kill ".Length), CultureInfo.InvariantCulture))
        .FirstOrDefault();

    /// <summary>Starts a line of shell inside.</summary>
    public RunningProcess Start(TemporaryProject project, string line) => RunningProcess.Start(
        "/bin/sh", ["-c", $"echo $$ >'{Folder}/cgroup.procs' && {line}"], project.Folder, project.Environment);

    public void Dispose()
    {
        foreach (string pid in Read("cgroup.procs").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Signal.Send(int.Parse(pid, CultureInfo.InvariantCulture), Signal.Kill);
        }

        SpinWait.SpinUntil(TryRemove, TimeSpan.FromSeconds(10));
    }

    private bool TryRemove()
    {
        try
        {
            Directory.Delete(Folder);
            return true;
        }
        catch (IOException)
        {
            // The last process is on its way out.
            return false;
        }
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(Folder, file), value);
}
