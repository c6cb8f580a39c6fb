using Plimsoll.Calibration.Statistics;
using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Stress;

/// <summary>What a load profile came to.</summary>
public sealed record ProfileResult(ProfilePlan Plan, TrialRun Run)
{
    private const double LeastCompleted = 0.99;
    private const double MostGrowth = 1.1;
    private const int LeastToCompare = 8;

    public double CompletionRate => Run.Results.Count > 0 ? Run.Count(TrialOutcome.Succeeded) / (double)Run.Results.Count : 0;

    public double SlowSeconds => Sample.Quantile(Done.Select(static result => result.WallSeconds), 0.95);

    /// <summary>Median peak of the last quarter of jobs to that of the first.</summary>
    public double MemoryGrowth => Growth(static result => result.PeakBytes);

    /// <summary>The same of their wall time.</summary>
    public double TimeGrowth => Growth(static result => result.WallSeconds);

    /// <summary>Why it is not passed; empty = it is.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            List<string> failures = [];
            Add(failures, Run.Stopped is not null, $"it was stopped: {Run.Stopped}");
            Add(failures, CompletionRate < LeastCompleted, $"{CompletionRate:P1} of {Run.Results.Count} jobs succeeded, at least {LeastCompleted:P0} must");
            Add(failures, Run.Count(TrialOutcome.HostKill) > 0, $"the host killed {Run.Count(TrialOutcome.HostKill)} jobs");
            Add(failures, SlowSeconds > CellResult.ThrottledAt * Plan.AloneSeconds, $"95 of 100 jobs took {SlowSeconds:0.0} s or less, more than twice the {Plan.AloneSeconds:0.0} s alone");
            Add(failures, MemoryGrowth > MostGrowth, $"the last jobs held {MemoryGrowth:0.00} times what the first did");
            return failures;
        }
    }

    private IEnumerable<TrialResult> Done => Run.Results.Where(static result => result.Outcome == TrialOutcome.Succeeded);

    private static void Add(List<string> failures, bool applies, string failure)
    {
        if (applies)
        {
            failures.Add(failure);
        }
    }

    private double Growth(Func<TrialResult, double> of)
    {
        TrialResult[] done = [.. Done.OrderBy(static result => result.StartedAt)];
        int quarter = done.Length / 4;
        double first = Sample.Median(done.Take(quarter).Select(of));
        return done.Length >= LeastToCompare && first > 0 ? Sample.Median(done.TakeLast(quarter).Select(of)) / first : 1;
    }
}
