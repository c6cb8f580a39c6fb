using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>What became of the attempts that an earlier Plimsoll left behind.</summary>
/// <param name="Adopted">Live on and are watched like those started here.</param>
/// <param name="Ending">Something of them is left that nobody supervises: it is being ended, and they are reported then.</param>
/// <param name="Ended">Nothing of them is left: how they ended, as far as anybody recorded it.</param>
public sealed record Adoption(
    IReadOnlyList<AttemptId> Adopted, IReadOnlyList<AttemptId> Ending, IReadOnlyDictionary<AttemptId, ExitReport> Ended);
