namespace Plimsoll.Client.Benchmarks;

/// <summary>What every report has that can be compared; readers ignore the rest.</summary>
public sealed record MeasuredReportView(string? Kind, DateTimeOffset? At, IReadOnlyList<MeasureView>? Measures);
