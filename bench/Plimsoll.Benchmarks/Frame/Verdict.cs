namespace Plimsoll.Benchmarks.Frame;

/// <summary>What a benchmark came to.</summary>
internal enum Verdict
{
    Met,
    Missed,

    /// <summary>The control moved too much, or a rival is not there.</summary>
    Inconclusive,
}
