using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Calibration.Simulation;

/// <summary>The production kernel, unchanged.</summary>
internal sealed class ProductionScheduler(KernelStart start) : IScheduler
{
    private readonly Kernel kernel = new(start);

    public Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now) => kernel.Apply(inputs, now);

    public void Fold(Fact fact) => kernel.Fold(fact);

    public GuardView GuardOf(NodeId node) => kernel.GuardOf(node);

    public KernelSnapshot Line(DateTimeOffset now, int waiting) => kernel.Line(now, waiting);

    public Explanation Explain(TaskId task, DateTimeOffset now) => kernel.Explain(task, now);

    public IReadOnlyList<AttemptId> LiveAttempts() => kernel.LiveAttempts();
}
