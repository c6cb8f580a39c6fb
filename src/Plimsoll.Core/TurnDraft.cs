using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;

namespace Plimsoll.Core;

/// <summary>A turn while it is being decided: every fact is folded the moment it is recorded.</summary>
internal sealed class TurnDraft(DateTimeOffset now, FactFolder folder)
{
    private readonly List<Fact> facts = [];
    private readonly List<Effect> effects = [];

    public DateTimeOffset Now { get; } = now;

    public void Record(Fact fact)
    {
        facts.Add(fact);
        folder.Fold(fact);
    }

    public void Ask(Effect effect) => effects.Add(effect);

    public Turn Finish(DateTimeOffset? wakeAt, GuardView? guard) => new(facts, effects, wakeAt) { Guard = guard };
}
