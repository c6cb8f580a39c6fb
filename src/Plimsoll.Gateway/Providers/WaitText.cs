using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Gateway.Providers;

/// <summary>Reads times to wait: Go durations (<c>12ms</c>, <c>7.66s</c>, <c>6m0s</c>), plain seconds, and sentences that hold one.</summary>
internal static partial class WaitText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    /// <summary>The time, or null if the text is no time or a negative one.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return Bounded(seconds);
        }

        Match match = Duration().Match(text.Trim());
        return match.Success && match.Length > 0 && match.Length == text.Trim().Length ? Bounded(Seconds(match)) : null;
    }

    /// <summary>Finds "try again in 11.054s", "retry after 7 seconds" and <c>"retryDelay": "37s"</c>.</summary>
    public static TimeSpan? Find(string text)
    {
        Match match = Sentence().Match(text);
        return match.Success ? Parse(match.Groups["wait"].Value) : null;
    }

    private static double Seconds(Match match)
    {
        double seconds = 0;
        foreach ((string group, double scale) in (ReadOnlySpan<(string, double)>)[("h", 3600), ("m", 60), ("s", 1), ("ms", 0.001)])
        {
            Group part = match.Groups[group];
            seconds += part.Success ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) * scale : 0;
        }

        return seconds;
    }

    private static TimeSpan? Bounded(double seconds) => seconds < 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));

    [GeneratedRegex(@"^(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();

    [GeneratedRegex("""(?:try again in|retry after|"retryDelay"\s*:\s*")\s*(?<wait>(?:\d+(?:\.\d+)?(?:ms|h|m|s))+|\d+(?:\.\d+)?)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();
}
