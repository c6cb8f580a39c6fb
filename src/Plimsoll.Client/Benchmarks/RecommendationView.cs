namespace Plimsoll.Client.Benchmarks;

/// <summary>What came out of <c>plimsoll bench recommend</c>.</summary>
/// <param name="Kind"><c>recommendation</c>.</param>
/// <param name="MinimumBytes">Smallest memory limit under which the job did its work.</param>
/// <param name="BelowBytes">The largest that failed.</param>
/// <param name="Held">How often it held at the minimum.</param>
/// <param name="LeastReliability">With 95 % confidence it succeeds at least so often there, 0..1.</param>
/// <param name="LimitBytes">The limit to write down.</param>
/// <param name="Here">This machine.</param>
/// <param name="Fragment">Configuration to use, as YAML.</param>
/// <param name="Applied">What was changed in the configuration file, as a diff; null = nothing was written.</param>
public sealed record RecommendationView(
    string Kind,
    DateTimeOffset At,
    string Name,
    IReadOnlyList<string> Command,
    BenchMachineView Machine,
    long PeakBytes,
    long SettledBytes,
    double BurstShare,
    double WallSeconds,
    double MeanCores,
    long MinimumBytes,
    long BelowBytes,
    int Held,
    double LeastReliability,
    int Runs,
    long LimitBytes,
    HostRowView Here,
    IReadOnlyList<HostRowView> Hosts,
    string Fragment,
    string? Applied,
    IReadOnlyList<MeasureView> Measures);
