using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Calibration.Simulation;

/// <summary>The kernel as a simulation drives it: the seam at which tests put kernels that are broken on purpose.</summary>
public interface IScheduler
{
    /// <inheritdoc cref="Kernel.Apply"/>
    Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now);

    /// <inheritdoc cref="Kernel.Fold"/>
    void Fold(Fact fact);

    /// <inheritdoc cref="Kernel.GuardOf"/>
    GuardView GuardOf(NodeId node);

    /// <inheritdoc cref="Kernel.Line"/>
    KernelSnapshot Line(DateTimeOffset now, int waiting);

    /// <inheritdoc cref="Kernel.Explain"/>
    Explanation Explain(TaskId task, DateTimeOffset now);

    /// <inheritdoc cref="Kernel.LiveAttempts"/>
    IReadOnlyList<AttemptId> LiveAttempts();
}
