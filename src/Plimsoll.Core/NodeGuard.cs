using Plimsoll.Core.Guarding;

namespace Plimsoll.Core;

/// <summary>The pressure ladder of one node: readings in, steps out; pure, deterministic, allocates nothing once warm.</summary>
/// <remarks>One caller at a time. The caller performs the steps at once and then tells the kernel (<see cref="Inputs.GuardActed"/>).</remarks>
public sealed class NodeGuard
{
    private readonly GuardBoard board = new();
    private readonly GateStep gate;
    private readonly FreezeStep freeze;
    private readonly ThawStep thaw;
    private readonly EvictStep evict;

    public NodeGuard()
    {
        gate = new GateStep(board);
        freeze = new FreezeStep(board);
        thaw = new ThawStep(board);
        evict = new EvictStep(board);
    }

    /// <summary>Judges a reading.</summary>
    /// <param name="view">What the kernel last published (<see cref="Turn.Guard"/>); attempts it does not know yet are bounded by nothing.</param>
    /// <returns>Steps in the order in which to perform them; valid until the next call.</returns>
    public ReadOnlySpan<GuardAction> Apply(in GuardSample sample, GuardView view)
    {
        board.Read(sample, view);
        if (!view.Protect)
        {
            gate.Relax();
            thaw.All();
            return board.Actions;
        }

        gate.Apply();
        evict.Apply();
        thaw.Apply();
        freeze.Apply();
        return board.Actions;
    }
}
