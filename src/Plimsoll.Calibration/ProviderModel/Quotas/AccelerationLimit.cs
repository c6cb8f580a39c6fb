namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>How fast traffic may grow.</summary>
/// <remarks>
/// OpenAI: above 1,000,000 input tokens per minute at most 50 % per 15 min. Anthropic has such a limit and does not publish it.
/// The model counts whole minutes and compares with the busiest minute of the window before.
/// </remarks>
/// <param name="FreeTokensPerMinute">Always allowed; at least 1.</param>
/// <param name="Growth">0.5 = half as much again; 0 to 100.</param>
/// <param name="Window">Whole minutes, at least 1.</param>
public sealed record AccelerationLimit(long FreeTokensPerMinute, double Growth, TimeSpan Window)
{
    public static AccelerationLimit OpenAI { get; } = new(1_000_000, 0.5, TimeSpan.FromMinutes(15));

    /// <summary>What is wrong with the numbers; empty = nothing.</summary>
    public IEnumerable<string> Problems()
    {
        if (FreeTokensPerMinute < 1)
            yield return $"acceleration limit: {FreeTokensPerMinute} free tokens per minute; it must be at least 1";
        if (Growth is not (>= 0 and <= 100))
            yield return $"acceleration limit: growth {Growth}; it must be from 0 to 100";
        if (Window < TimeSpan.FromMinutes(1) || Window.Ticks % TimeSpan.TicksPerMinute != 0)
            yield return $"acceleration limit: window {Window}; it must be whole minutes, at least one";
    }
}
