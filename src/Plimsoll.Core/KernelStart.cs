using Plimsoll.Core.Identity;

namespace Plimsoll.Core;

/// <summary>What a kernel begins with; all of it comes from the journal, so that nothing is ever numbered twice.</summary>
/// <param name="Seed">Of the jitter in backoffs.</param>
/// <param name="Epoch">Of the journal's writer. Fences are <c>epoch x 2^40 + n</c>: larger than any of a writer before.</param>
/// <param name="LastRun">Highest run number in the journal, finished or not; 0 when there is none.</param>
public readonly record struct KernelStart(ulong Seed, long Epoch, RunId LastRun);
