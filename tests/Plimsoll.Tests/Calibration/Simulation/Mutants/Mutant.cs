using Plimsoll.Calibration.Simulation;
using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>The production kernel with something broken on the way in or out.</summary>
internal abstract class Mutant(KernelStart start) : IScheduler
{
    private readonly ProductionScheduler kernel = new(start);

    public Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now)
    {
        List<Input> changed = [];
        foreach (Input input in inputs)
        {
            if (In(input) is { } kept)
            {
                changed.Add(kept);
            }
        }

        return Out(kernel.Apply(changed.ToArray(), now));
    }

    public void Fold(Fact fact)
    {
        if (Recovered(fact) is { } kept)
        {
            kernel.Fold(kept);
        }
    }

    public GuardView GuardOf(NodeId node) => kernel.GuardOf(node);

    public KernelSnapshot Line(DateTimeOffset now, int waiting) => kernel.Line(now, waiting);

    public Explanation Explain(TaskId task, DateTimeOffset now) => kernel.Explain(task, now);

    public IReadOnlyList<AttemptId> LiveAttempts() => kernel.LiveAttempts();

    protected virtual Input? In(Input input) => input;

    protected virtual Turn Out(Turn turn) => turn;

    protected virtual Fact? Recovered(Fact fact) => fact;
}
