using System.Globalization;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Durations as Go prints them (<c>time.Duration.String</c>), in milliseconds: <c>12ms</c>, <c>7.66s</c>, <c>6m0s</c>, <c>1h0m0s</c>.</summary>
internal static class GoDuration
{
    /// <param name="span">Rounded up to a millisecond.</param>
    public static string Text(TimeSpan span)
    {
        long milliseconds = (span.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        if (milliseconds is > 0 and < 1000)
            return string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");

        (long minutes, long rest) = Math.DivRem(milliseconds, 60_000);
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{rest / 1000m:0.###}s");
        return minutes switch
        {
            0 => seconds,
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{minutes}m{seconds}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h{minutes % 60}m{seconds}"),
        };
    }
}
