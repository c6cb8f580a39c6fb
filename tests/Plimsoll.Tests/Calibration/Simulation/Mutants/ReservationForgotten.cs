using Plimsoll.Core;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>Sets nothing aside for what it has started.</summary>
internal sealed class ReservationForgotten(KernelStart start) : Mutant(start)
{
    protected override Input In(Input input) => input is AddTasks added
        ? added with { Block = added.Block with { Shapes = [.. added.Block.Shapes.Select(static shape => shape with { Memory = null })] } }
        : input;
}
