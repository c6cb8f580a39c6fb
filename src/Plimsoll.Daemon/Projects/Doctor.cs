using System.Runtime.InteropServices;
using Plimsoll.Client.Projects;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Daemon.Projects;

/// <summary>Examines the machine and the project: what is there, what is wrong, and what to do about it.</summary>
internal sealed class Doctor(ProjectContext context)
{
    private static readonly Bytes LittleDisk = new(1L << 30);

    public async Task<Requests.Outcome<DoctorView>> ExamineAsync(CancellationToken cancellationToken)
    {
        var checks = new List<DoctorCheckView> { Platform(), Memory(), Cores(), await StateFolderAsync(cancellationToken), Disk(), Sqlite() };
        checks.Add(await JournalAsync(cancellationToken));
        checks.AddRange(Isolation());
        checks.Add(Git());
        checks.AddRange(Agents());
        checks.AddRange(ProviderChecks.Of(context));
        return new DoctorView(checks);
    }

    private static DoctorCheckView Platform() => OperatingSystem.IsLinux()
        ? Ok("platform", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}")
        : new DoctorCheckView("platform", "fail", $"{RuntimeInformation.OSDescription}: commands run on Linux only", "Use Linux, a container or a virtual machine.");

    private DoctorCheckView Memory()
    {
        var notices = new List<string>();
        using var probe = new NodeProbe(null, null, null, context.Time, notices.Add);
        probe.Read();
        MemorySample sample = probe.Memory;
        Bytes reserve = (KernelLimits.Default with { Reserve = context.Configuration.MemoryReserve }).ReserveOf(sample.Limit);
        string detail = $"limit {sample.Limit}, free {sample.Free}, reserve {reserve}";
        KernelLimits limits = Limits.For(context.Configuration, null, null);
        if (Preflight.Judge(limits, sample, null, static _ => null) is { } judged)
        {
            detail += $"; {judged.PerTask} for a task of which nothing is known: {judged.Carries} at once";
        }

        return notices.Count > 0
            ? new DoctorCheckView("memory", "warn", $"{detail}; {string.Join("; ", notices)}", "Check that /proc and the cgroup files can be read.")
            : sample.Free < reserve
                ? new DoctorCheckView("memory", "warn", $"{detail}: nothing starts while free memory is below the reserve", "End other programs, or lower host.memory_reserve.")
                : Ok("memory", detail);
    }

    private DoctorCheckView Cores() =>
        Ok("cpu", $"{context.Configuration.HostCores ?? Environment.ProcessorCount} cores that `cpu:` claims are counted against");

    private async Task<DoctorCheckView> StateFolderAsync(CancellationToken cancellationToken)
    {
        string folder = context.StateFolder;
        if (!Directory.Exists(folder))
        {
            return Ok("state", $"{folder} is made by the first run");
        }

        IReadOnlySet<int> live = await LiveRuns.FindAsync(context, cancellationToken);
        UnixFileMode mode = File.GetUnixFileMode(folder);
        return (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != UnixFileMode.None
            ? new DoctorCheckView("state", "warn", $"{folder} can be used by others (mode {Convert.ToString((int)mode, 8)})", $"chmod 700 {folder}")
            : Ok("state", live.Count == 0 ? $"{folder}, no run is live" : $"{folder}, run {string.Join(", ", live.Order())} is live");
    }

    private DoctorCheckView Disk()
    {
        string folder = Directory.Exists(context.StateFolder) ? context.StateFolder : context.Folder;
        var free = new Bytes(new DriveInfo(folder).AvailableFreeSpace);
        return free < LittleDisk
            ? new DoctorCheckView("disk", "warn", $"{free} free at {folder}", "Free some space, or `plimsoll clean`.")
            : Ok("disk", $"{free} free at {folder}");
    }

    private static DoctorCheckView Sqlite() => Ok("sqlite", ProjectState.SqliteDescription);

    private async Task<DoctorCheckView> JournalAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
            IJournalReader? reader = opened?.Journal;
            if (reader is null)
            {
                return Ok("journal", "none yet");
            }

            IReadOnlyList<RunRecord> runs = await reader.RunsAsync(int.MaxValue, cancellationToken);
            int open = runs.Count(run => run.FinishedAt is null);
            return Ok("journal", $"{runs.Count} runs, {open} unfinished");
        }
        catch (JournalException error)
        {
            return new DoctorCheckView("journal", "fail", error.Message, null);
        }
    }

    private IEnumerable<DoctorCheckView> Isolation()
    {
        IsolationReport report = IsolationReport.Examine(
            new IsolationOptions($"doctor-{Environment.ProcessId}") { HostCgroup = context.Configuration.HostCgroup },
            [.. context.Environment.Select(entry => $"{entry.Key}={entry.Value}")]);
        yield return report.Kind == IsolationKind.Cgroup
            ? new DoctorCheckView("isolation", "ok", report.Mechanism, report.Advice)
            : new DoctorCheckView("isolation", "warn", $"{report.Mechanism}: limits are not enforced", report.Advice);
        foreach (IsolationFeature feature in report.Features)
        {
            yield return Ok($"  {feature.Name}", $"{(feature.Enforced ? "enforced" : "not enforced")}: {feature.Detail}");
        }
    }

    private DoctorCheckView Git() => OnPath("git") is { } path
        ? Ok("git", path)
        : new DoctorCheckView("git", "warn", "not on the PATH: `workspace: worktree`, diff and merge need it", "Install git.");

    private static IEnumerable<DoctorCheckView> Agents()
    {
        IReadOnlyList<FoundAgentView> found = FoundAgents.OnPath();
        return found.Count == 0
            ? [new DoctorCheckView("agents", "warn", "none of the known agents is on the PATH", "Install one, or configure yours under `agents:`; plain commands need none.")]
            : found.Select(agent => Ok($"agent {agent.Name}", agent.Path));
    }

    private string? OnPath(string program) => context.Environment.GetValueOrDefault("PATH", "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static DoctorCheckView Ok(string name, string detail) => new(name, "ok", detail, null);
}
