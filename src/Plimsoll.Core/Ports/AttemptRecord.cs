using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Ports;

/// <summary>An attempt as the journal holds it.</summary>
public sealed record AttemptRecord(
    AttemptId Attempt,
    DateTimeOffset AdmittedAt,
    DateTimeOffset? EndedAt,
    AttemptOutcome? Outcome,
    int? ExitCode,
    int? Signal,
    Bytes PeakResident,
    TimeSpan Cpu,
    ProcessIdentity? Process,
    string? Reason)
{
    /// <summary>What memory had to do with its end.</summary>
    public MemoryEnd Evidence { get; init; }

    /// <summary>What it held over its life; null when it was not measured.</summary>
    public AttemptFootprint? Footprint { get; init; }

    /// <summary>What it used of models; null when no sample was taken.</summary>
    public ModelUsage? Usage { get; init; }
}
