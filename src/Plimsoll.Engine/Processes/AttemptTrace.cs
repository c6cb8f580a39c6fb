using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>What the journal knows of an attempt whose end it does not know.</summary>
/// <param name="Process">Null when it was not seen running.</param>
public sealed record AttemptTrace(AttemptId Attempt, ProcessIdentity? Process, AttemptFiles Files)
{
    /// <summary>Keys that the command promised to write to <c>$PLIMSOLL_OUTPUT</c>.</summary>
    public IReadOnlyList<string> DeclaredOutputs { get; init; } = [];

    /// <summary>What it may use at most; what a cgroup enforces is read from the kernel instead.</summary>
    public TaskLimits Limits { get; init; } = TaskLimits.None;

    /// <summary>Time between SIGTERM and SIGKILL for processes that are left over when it ends.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
