using System.Collections.Immutable;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Takes up a run that was forgotten, from its facts in the journal; ignored for a run that is known.</summary>
/// <param name="Facts">Of this run alone, in journal order; limits among them are those of another time and are left out by the caller.</param>
public sealed record RestoreRun(RunId Run, ImmutableArray<Fact> Facts) : Input;
