namespace Plimsoll.Client.Benchmarks;

/// <summary>One job from start to end.</summary>
/// <param name="Outcome"><c>succeeded</c>, <c>failed</c>, <c>own_limit</c>, <c>host_kill</c>, <c>timed_out</c>, <c>stopped</c> or <c>not_started</c>.</param>
/// <param name="LaunchSeconds">From the order to start until its process was there.</param>
/// <param name="PeakSource">Who saw the peak: <c>readings</c> of all its processes, the kernel's count of its largest <c>process</c>, or that of its <c>cgroup</c> less page cache.</param>
/// <param name="SettleSeconds">From its start until it held what it settled at.</param>
/// <param name="BurstShare">Share of its life spent well above that.</param>
/// <param name="LeakBytesPerHour">Steady change once it had settled.</param>
/// <param name="Leaks">That change is steady, and large for its life.</param>
/// <param name="WaitSeconds">Ready to run, with no processor to run on.</param>
public sealed record TrialView(
    string Outcome,
    int? ExitCode,
    double WallSeconds,
    double? LaunchSeconds,
    double? SettleSeconds,
    double CpuSeconds,
    double MeanCores,
    double PeakCores,
    long PeakBytes,
    string PeakSource,
    long SettledBytes,
    long BurstBytes,
    double BurstShare,
    double LeakBytesPerHour,
    bool Leaks,
    long ReadBytes,
    long WrittenBytes,
    double WaitSeconds,
    string? Error,
    IReadOnlyList<TrialPointView> Points);
