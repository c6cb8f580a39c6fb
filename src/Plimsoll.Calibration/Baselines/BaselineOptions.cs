using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Baselines;

/// <summary>What is run alone, how often and how.</summary>
/// <param name="Deadline">Of each repetition.</param>
/// <param name="Image">For <see cref="TrialIsolation.Container"/>.</param>
public sealed record BaselineOptions(IReadOnlyList<string> Arguments, string? Folder, int Repetitions, IReadOnlyList<TrialIsolation> Isolations, TimeSpan Deadline, string? Image);
