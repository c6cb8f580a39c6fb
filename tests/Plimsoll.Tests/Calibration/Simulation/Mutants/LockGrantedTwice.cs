using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>Does not know that tasks claim locks.</summary>
internal sealed class LockGrantedTwice(KernelStart start) : Mutant(start)
{
    protected override Input In(Input input) => input is AddTasks added
        ? added with { Block = added.Block with { Shapes = [.. added.Block.Shapes.Select(static shape => shape with { Locks = [.. shape.Locks.Where(static claim => claim.Mode == LockMode.Drawn)] })] } }
        : input;

}
