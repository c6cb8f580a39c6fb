using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Collects an ended leader and tells what became of the command.</summary>
/// <remarks>
/// CPU time is the kernel's count for the command and all descendants that were waited for. The peak is what probes saw of the tree,
/// or the kernel's count for the largest single process where that says more. The latter is unusable below our own peak: a child made by
/// posix_spawn shares our memory until exec, and the kernel counts that as the child's (exec_mmap in fs/exec.c).
/// Of an adopted attempt, which is not our child, the CPU time is its leaf's count, without a leaf the probe's last, and zero if there was none.
/// </remarks>
internal static class ExitReader
{
    public static unsafe ExitReport Collect(LiveAttempt attempt)
    {
        if (attempt.IsAdopted)
            return Recorded(attempt);

        ResourceUsage usage = default;
        int status = 0;
        if (LibC.Wait(attempt.Pid, &status, 0, &usage) != attempt.Pid)
            return ExitReport.Lost;

        ExitReport report = attempt.Launch.Mode == StartMode.Direct ? FromStatus(status) : FromSupervisor(attempt, status);
        if (report.StartError is not null)
            return report;

        return WithOutputs(attempt, report with { Cpu = usage.Cpu, PeakResident = Peak(attempt, usage) });
    }

    private static unsafe ExitReport Recorded(LiveAttempt attempt)
    {
        // Init has collected it, unless it is our child: made before this program took the place of another.
        if (ProcStat.TryRead(attempt.Pid, out ProcStat now) && now.StartTicks == attempt.StartTicks && now.Parent == System.Environment.ProcessId)
            _ = LibC.Wait(attempt.Pid, null, LibC.WaitNoHang, null);

        ExitReport report = ExitFile.Read(attempt.Launch.Files.Exit, out _) ?? ExitReport.Lost;
        return report.StartError is null
            ? WithOutputs(attempt, report with { Cpu = Cpu(attempt), PeakResident = attempt.PeakResident })
            : report;
    }

    private static TimeSpan Cpu(LiveAttempt attempt)
    {
        if (attempt.Leaf is not { } leaf || LeafMemory.Open(leaf.Paths) is not { } counts)
            return attempt.Cpu;

        using (counts)
        {
            return counts.Cpu();
        }
    }

    private static ExitReport WithOutputs(LiveAttempt attempt, ExitReport report) =>
        report.ExitCode == 0 ? OutputsFile.AddTo(report, attempt.Launch.Files.Values, attempt.Launch.DeclaredOutputs) : report;

    private static ExitReport FromStatus(int status) =>
        (status & 0x7F) == 0 ? ExitReport.Exited((status >> 8) & 0xFF) : Signalled(status & 0x7F);

    private static ExitReport FromSupervisor(LiveAttempt attempt, int status)
    {
        if (ExitFile.Read(attempt.Launch.Files.Exit, out string remark) is { } recorded)
            return recorded;

        ExitReport own = FromStatus(status);
        if (own.Signal is not null)
        {
            // The supervisor itself was killed. By us: the command was too. By anybody else: nobody knows how the command ended.
            return attempt.Kill is null ? ExitReport.Lost : own;
        }

        if (PidFile.Read(attempt.Launch.Files.Pid) is { } claim && claim.Pid == attempt.Pid)
            return own;

        string why = remark.Length > 0 ? remark : $"the supervisor ended with code {own.ExitCode}";
        return ExitReport.NotStarted($"attempt {attempt.Id} could not be claimed with {attempt.Launch.Files.Pid}: {why}");
    }

    private static unsafe Bytes Peak(LiveAttempt attempt, ResourceUsage usage)
    {
        ResourceUsage own;
        _ = LibC.OwnUsage(0, &own);
        Bytes largest = usage.MaxResidentKibibytes > own.MaxResidentKibibytes ? new Bytes(usage.MaxResidentKibibytes * 1024) : default;
        return Bytes.Max(largest, attempt.PeakResident);
    }

    private static ExitReport Signalled(int signal) => new(null, signal, null, false, default, default, null);
}
