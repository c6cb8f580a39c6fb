using System.Collections.Immutable;

namespace Plimsoll.Core.Explain;

/// <summary>The kernel's state at one moment for progress views; immutable.</summary>
/// <param name="Runs">Every run the kernel knows, by number.</param>
/// <param name="Live">Attempts that are admitted or alive, oldest first.</param>
/// <param name="Waiting">The first tasks in line with their deciding reason; tasks that only wait for their needs are not listed.</param>
/// <param name="IntakePaused">True while nothing is started on request.</param>
public sealed record KernelSnapshot(
    DateTimeOffset At,
    ImmutableArray<RunSnapshot> Runs,
    ImmutableArray<LiveSnapshot> Live,
    ImmutableArray<WaitingSnapshot> Waiting,
    bool IntakePaused);
