namespace Plimsoll.Client.Watching;

/// <summary>A stretch of one series without holes in its time axis.</summary>
/// <param name="From">Beginning of the first slot; slot <c>i</c> begins <c>i x step_seconds</c> later.</param>
/// <param name="Mean">Per slot; null where nothing was read.</param>
/// <param name="Largest">Per slot; null where nothing was read.</param>
public sealed record SeriesStretchView(string Name, DateTimeOffset From, double StepSeconds, IReadOnlyList<double?> Mean, IReadOnlyList<double?> Largest);
