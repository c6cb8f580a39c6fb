using Plimsoll.Core;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;

namespace Plimsoll.Calibration.Simulation.Faults;

/// <summary>A journal whose commits take time: what waits for one is lost when Plimsoll dies.</summary>
internal sealed class FaultJournal
{
    private readonly List<Fact> durable = [];
    private readonly Queue<Turn> waiting = new();

    public IReadOnlyList<Fact> Durable => durable;

    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public bool IsBusy => waiting.Count > 0;

    public void Add(Turn turn) => waiting.Enqueue(turn);

    /// <summary>The oldest turns become durable, all that wait in one commit; what they release.</summary>
    public List<Effect> Commit()
    {
        List<Effect> released = [];
        while (waiting.TryDequeue(out Turn? turn))
        {
            foreach (Fact fact in turn.Facts)
            {
                durable.Add(fact);
                LastAt = fact.At > LastAt ? fact.At : LastAt;
            }

            released.AddRange(turn.Effects.Where(static effect => effect.Gated));
        }

        return released;
    }

    public void Lose() => waiting.Clear();
}
