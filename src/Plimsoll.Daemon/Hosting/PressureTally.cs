using Plimsoll.Client.Runs;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Adds up what the pressure ladder did; part of the <see cref="RunTally"/>.</summary>
internal sealed class PressureTally
{
    private readonly Dictionary<AttemptId, DateTimeOffset> frozen = [];
    private DateTimeOffset? gatedAt;
    private double gatedSeconds;
    private double frozenSeconds;
    private double redoneSeconds;
    private int freezes;
    private int evictions;

    /// <param name="now">Ends what goes on still.</param>
    /// <returns>Null when nothing happened.</returns>
    public PressureView? View(DateTimeOffset now)
    {
        double gated = gatedSeconds + (gatedAt is { } since ? (now - since).TotalSeconds : 0);
        double stopped = frozenSeconds + frozen.Values.Sum(at => (now - at).TotalSeconds);
        return gated > 0 || freezes > 0 || evictions > 0 ? new PressureView(gated, freezes, stopped, evictions, redoneSeconds) : null;
    }

    public void Observe(Fact fact)
    {
        switch (fact)
        {
            case GuardStepped { Action.Kind: GuardActionKind.Gate } step:
                gatedAt ??= step.At;
                break;
            case GuardStepped { Action.Kind: GuardActionKind.Ungate } step when gatedAt is { } since:
                gatedSeconds += (step.At - since).TotalSeconds;
                gatedAt = null;
                break;
            case AttemptFrozen stopped when frozen.TryAdd(stopped.Attempt, stopped.At):
                freezes++;
                break;
            case AttemptThawed thawed:
                End(thawed.Attempt, thawed.At);
                break;
        }
    }

    /// <param name="elapsed">Since the attempt was admitted.</param>
    public void Finish(AttemptFinished fact, TimeSpan elapsed)
    {
        End(fact.Attempt, fact.At);
        if (fact.Outcome == AttemptOutcome.Evicted)
        {
            evictions++;
            redoneSeconds += elapsed.TotalSeconds;
        }
    }

    private void End(AttemptId attempt, DateTimeOffset at)
    {
        if (frozen.Remove(attempt, out DateTimeOffset since))
        {
            frozenSeconds += (at - since).TotalSeconds;
        }
    }
}
