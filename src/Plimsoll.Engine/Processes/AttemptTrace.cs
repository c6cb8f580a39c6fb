using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>What the journal knows of an attempt whose end it does not know.</summary>
/// <param name="Process">Null when it was not seen running.</param>
public sealed record AttemptTrace(AttemptId Attempt, ProcessIdentity? Process, AttemptFiles Files)
{
    /// <summary>Keys that the command promised to write to <c>$PLIMSOLL_OUTPUT</c>.</summary>
    public IReadOnlyList<string> DeclaredOutputs { get; init; } = [];
}
