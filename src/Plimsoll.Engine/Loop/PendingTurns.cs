using Plimsoll.Core;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Engine.Loop;

/// <summary>Facts of one or more turns that go to the journal together, and the effects their commit releases.</summary>
internal sealed class PendingTurns
{
    public List<Fact> Facts { get; } = [];

    public List<Effect> Gated { get; } = [];

    /// <summary>Accepted work is acknowledged after the commit.</summary>
    public bool Acknowledges { get; private set; }

    /// <summary>Since when the oldest effect here waits for its commit; meaningless without effects.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>Attempts whose starts wait here.</summary>
    public IEnumerable<AttemptId> Starts => Gated.OfType<StartAttempt>().Select(static start => start.Attempt);

    public bool IsEmpty => Facts.Count == 0 && Gated.Count == 0;

    public void Add(Turn turn, DateTimeOffset now)
    {
        Since = Gated.Count == 0 ? now : Since;
        foreach (Fact fact in turn.Facts)
        {
            Facts.Add(fact);
            Acknowledges |= fact is TasksAdded or RecordsChanged { Acknowledges: true };
        }

        foreach (Effect effect in turn.Effects)
        {
            if (effect.Gated)
            {
                Gated.Add(effect);
            }
        }
    }

    /// <summary>Takes back a start that no commit has released yet.</summary>
    /// <returns>False when the start is not here: it was performed, or belongs to other turns.</returns>
    public bool Withdraw(AttemptId attempt) => Gated.RemoveAll(effect => effect is StartAttempt start && start.Attempt == attempt) > 0;

    public void Clear()
    {
        Facts.Clear();
        Gated.Clear();
        Acknowledges = false;
    }
}
