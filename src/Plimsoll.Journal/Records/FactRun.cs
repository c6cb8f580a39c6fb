using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Records;

/// <summary>Which run a fact belongs to.</summary>
internal static class FactRun
{
    /// <summary>True for the facts that have rows of their own instead of an event.</summary>
    internal static bool IsAttempt(Fact fact) => fact is AttemptAdmitted or AttemptRunning or AttemptFinished or ModelUsed;

    /// <summary>The class a fact of no run is about; of these the newest per class is kept.</summary>
    internal static string? ClassOf(Fact fact) => fact switch
    {
        BreakerChanged x => x.Class,
        ClassLearned x => x.Class,
        ClassWidthChanged x => x.Class,
        _ => null,
    };

    /// <summary>Null for facts about the whole journal: limits, breakers, intake.</summary>
    internal static RunId? Of(Fact fact) => fact switch
    {
        AttemptAdmitted x => x.Attempt.Task.Run,
        AttemptRunning x => x.Attempt.Task.Run,
        AttemptFinished x => x.Attempt.Task.Run,
        ModelUsed x => x.Attempt.Task.Run,
        TasksAdded x => x.Run,
        _ => EventRow.Of(fact).Run,
    };
}
