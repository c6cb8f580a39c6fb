namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>The jobs every contender of a run gets, in the same order.</summary>
/// <param name="ColdFolders">Programs whose files are put out of the page cache before each contender, so that each pays for them.</param>
internal sealed record TortureLoad(string Name, TortureTargets Targets, IReadOnlyList<TortureJob> Jobs, IReadOnlyList<string> ColdFolders)
{
    public double MeanPeakBytes => Jobs.Average(job => (double)job.PeakBytes);
}
