namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>A makespan nobody can beat: the longest job, or memory times time over the memory there is.</summary>
/// <remarks>The area bound of two-dimensional strip packing; jobs are taken as divisible, so it may be out of reach.</remarks>
internal static class PackingBound
{
    /// <returns>Null when the load's jobs are not known beforehand.</returns>
    public static double? Seconds(IReadOnlyList<TortureJob> jobs, long hostBytes) =>
        jobs.Any(job => job.Seconds == 0)
            ? null
            : Math.Max(jobs.Max(job => job.Seconds), jobs.Sum(job => job.ByteSeconds) / hostBytes);
}
