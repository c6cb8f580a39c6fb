namespace Plimsoll.Client.Overviews;

/// <summary>How far the tasks of a run are, as columns that are small enough to be sent each second.</summary>
/// <param name="Origin">Times are milliseconds since then.</param>
/// <param name="Now">Milliseconds.</param>
/// <param name="States">A letter per task: w waiting, r ready, a admitted, R running, F frozen, b backoff, s succeeded, f failed, d dead, c cancelled, k skipped.</param>
/// <param name="Started">Start of the last attempt; -1 = none.</param>
/// <param name="Ended">End of the task; -1 = it has not ended.</param>
/// <param name="Attempts">Attempts admitted so far.</param>
/// <param name="Dollars">What tasks spent on models, by number; only those that spent anything.</param>
public sealed record RunColumnsView(
    int Run,
    DateTimeOffset Origin,
    long Now,
    string States,
    IReadOnlyList<long> Started,
    IReadOnlyList<long> Ended,
    IReadOnlyList<int> Attempts,
    IReadOnlyDictionary<int, double> Dollars);
