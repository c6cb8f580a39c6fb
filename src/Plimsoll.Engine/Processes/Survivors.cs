using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Engine.Processes;

/// <summary>After a crash: finds what still runs of earlier attempts, ends it, and tells how each attempt ended.</summary>
public sealed class Survivors(string journalId, TimeProvider time)
{
    /// <summary>Blocks until every tree is gone (at most the grace and a little for those that obey).</summary>
    /// <returns>For each attempt asked about: its recorded end, or <see cref="ExitReport.Lost"/>.</returns>
    public IReadOnlyDictionary<AttemptId, ExitReport> EndAll(IReadOnlyList<AttemptTrace> attempts, TimeSpan grace) =>
        throw new NotSupportedException($"{journalId} {time} {attempts.Count} {grace}");
}
