using System.Globalization;

namespace Plimsoll.Calibration.ProviderModel.Dialects;

/// <summary>Headers that say when to come again; rounded up, never below the unit.</summary>
internal static class RetryAfter
{
    public static KeyValuePair<string, string> Seconds(TimeSpan wait) => new("retry-after", WholeSeconds(wait).ToString(CultureInfo.InvariantCulture));

    public static KeyValuePair<string, string> Milliseconds(TimeSpan wait) =>
        new("retry-after-ms", Math.Max(1, (long)Math.Ceiling(wait.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));

    public static long WholeSeconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
}
