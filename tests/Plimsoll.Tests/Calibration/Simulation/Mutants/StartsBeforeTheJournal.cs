using Plimsoll.Core;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>Lets starts go before their facts are durable.</summary>
internal sealed class StartsBeforeTheJournal(KernelStart start) : Mutant(start)
{
    protected override Turn Out(Turn turn) => turn with { Effects = [.. turn.Effects.Select(static effect => effect with { Gated = false })] };
}
