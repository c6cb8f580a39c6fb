using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Watching;

namespace Plimsoll.Daemon.Watching;

/// <summary>What the loop answers to the sampler.</summary>
/// <param name="Waiting">The first tasks in line with their reasons; empty unless somebody looks.</param>
/// <param name="Oldest">Why the task that waited longest at the look before waits; null when it does not wait any more.</param>
internal sealed record LoadLook(
    LoadPicture Picture,
    KernelLimits Limits,
    ImmutableArray<WaitingSnapshot> Waiting,
    Explanation? Oldest);
