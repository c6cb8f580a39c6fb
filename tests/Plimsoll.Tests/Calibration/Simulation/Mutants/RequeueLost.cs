using Plimsoll.Core;
using Plimsoll.Core.Effects;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>Decides to try again, and nobody hears of it.</summary>
internal sealed class RequeueLost(KernelStart start) : Mutant(start)
{
    protected override Turn Out(Turn turn) =>
        turn with { Effects = [.. turn.Effects.Where(static effect => effect is not StartAttempt { Attempt.Number: > 1 })] };
}
