using Plimsoll.Core.Guarding;

namespace Plimsoll.Core;

/// <summary>The pressure ladder of one node: readings in, steps out; pure, deterministic, allocates nothing once warm.</summary>
/// <remarks>One caller at a time. The caller performs the steps at once and then tells the kernel (<see cref="Inputs.GuardActed"/>).</remarks>
public sealed class NodeGuard
{
    private readonly List<GuardAction> actions = [];

    /// <summary>Judges a reading.</summary>
    /// <param name="view">What the kernel last published (<see cref="Turn.Guard"/>); attempts it does not know yet are bounded by nothing.</param>
    /// <returns>Steps in the order in which to perform them; valid until the next call.</returns>
    public ReadOnlySpan<GuardAction> Apply(in GuardSample sample, GuardView view)
    {
        actions.Clear();
        _ = sample.At;
        _ = view.Protect;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(actions);
    }
}
