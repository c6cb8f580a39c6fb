using Plimsoll.Calibration.Comparisons;
using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Baselines;

/// <summary>What two baselines can be compared by.</summary>
public static class BaselineMeasures
{
    /// <summary>Of the most isolated series that was measured.</summary>
    public static IReadOnlyList<Measure> Of(IReadOnlyList<BaselineSeries> series)
    {
        BaselineSeries? chosen = series.LastOrDefault(static each => each.Missing is null && each.Results.Count > 0 && each.Isolation != TrialIsolation.Container)
            ?? series.LastOrDefault(static each => each.Results.Count > 0);
        return chosen is null ? [] : Of("", chosen.Counted);
    }

    /// <param name="prefix">Before every name, to tell cells apart.</param>
    public static IReadOnlyList<Measure> Of(string prefix, IReadOnlyList<TrialResult> results) =>
    [
        new($"{prefix}wall", "s", true, [.. results.Select(static result => result.WallSeconds)]),
        new($"{prefix}cpu", "s", true, [.. results.Select(static result => result.CpuSeconds)]),
        new($"{prefix}peak_memory", "B", true, [.. results.Select(static result => (double)result.PeakBytes)]),
        new($"{prefix}settled_memory", "B", true, [.. results.Select(static result => (double)result.SettledBytes)]),
    ];
}
