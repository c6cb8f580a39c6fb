using Plimsoll.Core.Footprints;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Lifecycle;

/// <summary>What was seen of an attempt's end; the kernel turns it into an <see cref="AttemptOutcome"/>.</summary>
/// <param name="ExitCode">Exit code 0..255, or null when a signal ended it or it never ran.</param>
/// <param name="Signal">Number of the signal that ended it, or null.</param>
/// <param name="StartError">Why the command could not be started; null when it ran.</param>
/// <param name="Gone">True when the end was not recorded by anybody.</param>
/// <param name="PeakResident">Largest resident size seen, 0 = not measured.</param>
/// <param name="Cpu">User and system time, zero = not measured.</param>
/// <param name="Outputs">What the task wrote to <c>$PLIMSOLL_OUTPUT</c>; null when nothing.</param>
public sealed record ExitReport(
    int? ExitCode,
    int? Signal,
    string? StartError,
    bool Gone,
    Bytes PeakResident,
    TimeSpan Cpu,
    IReadOnlyDictionary<string, string>? Outputs)
{
    /// <summary>Why what the task wrote to <c>$PLIMSOLL_OUTPUT</c> cannot be used; null when it can or there is nothing.</summary>
    public string? OutputsError { get; init; }

    /// <summary>Why in-process work failed, for people; null where the exit code says it.</summary>
    public string? Failure { get; init; }

    /// <summary>What memory had to do with the end.</summary>
    public MemoryEnd Evidence { get; init; }

    /// <summary>The kernel's own high-water mark of its cgroup, less page cache; null without a cgroup.</summary>
    public Bytes? GroupPeak { get; init; }

    /// <summary>What it held over its life; null when it was never sampled.</summary>
    public AttemptFootprint? Footprint { get; init; }

    /// <summary>Exit code 0 with nothing measured: what in-process work returns.</summary>
    public static ExitReport Success { get; } = Exited(0);

    public static ExitReport Lost { get; } = new(null, null, null, true, default, default, null);

    public static ExitReport Exited(int code) => new(code, null, null, false, default, default, null);

    public static ExitReport NotStarted(string error) => new(null, null, error, false, default, default, null);
}
