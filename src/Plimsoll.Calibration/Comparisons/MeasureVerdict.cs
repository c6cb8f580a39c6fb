namespace Plimsoll.Calibration.Comparisons;

/// <summary>What a comparison of two measurements says.</summary>
public enum MeasureVerdict
{
    /// <summary>With the confidence asked for, not worse by more than the threshold.</summary>
    Pass,

    /// <summary>With the confidence asked for, worse by more than the threshold.</summary>
    Regression,

    /// <summary>The values spread too much, or are too few, to tell.</summary>
    Inconclusive,
}
