using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Retention;

/// <summary>What a clean-up removes; nothing has been removed yet.</summary>
/// <param name="Runs">Oldest first.</param>
/// <param name="Before">Size of the journal and all task output now.</param>
public sealed record RetentionPlan(IReadOnlyList<RetiredRun> Runs, DateTimeOffset EventsBefore, Bytes Before)
{
    public Bytes OutputBytes => new(Runs.Sum(run => run.OutputBytes.Value));
}
