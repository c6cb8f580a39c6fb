using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Reports;

/// <summary>A task with its attempts.</summary>
internal sealed record ReportedTask(TaskRecord Task, IReadOnlyList<AttemptRecord> Attempts)
{
    public long PeakBytes => Attempts.Count == 0 ? 0 : Attempts.Max(static attempt => attempt.PeakResident.Value);

    /// <summary>Time of all attempts together.</summary>
    public double Seconds(DateTimeOffset now) => Attempts.Sum(attempt => Math.Max(0, ((attempt.EndedAt ?? now) - attempt.AdmittedAt).TotalSeconds));
}
