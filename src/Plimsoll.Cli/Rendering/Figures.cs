using System.Globalization;

namespace Plimsoll.Cli.Rendering;

/// <summary>Writes sizes and durations for people.</summary>
internal static class Figures
{
    private const string Units = "KMGT";

    /// <summary>Three significant digits with the largest fitting unit: <c>1.5G</c>, <c>300M</c>, <c>7B</c>.</summary>
    public static string Bytes(long bytes)
    {
        double number = bytes;
        int unit = -1;
        while (Math.Abs(number) >= 1023.5 && unit < Units.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        string format = unit < 0 || Math.Abs(number) >= 99.95 ? "0" : Math.Abs(number) >= 9.995 ? "0.#" : "0.##";
        return number.ToString(format, CultureInfo.InvariantCulture) + (unit < 0 ? 'B' : Units[unit]);
    }

    /// <summary><c>80 ms</c>, <c>2.3 s</c>, <c>4 min 05 s</c>, <c>3 h 12 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 0.9995)
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds) * 1000:0} ms");
        if (seconds < 59.95)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

        var time = TimeSpan.FromSeconds(Math.Round(Math.Min(seconds, 1e9)));
        return time.TotalHours < 1 ? $"{time.Minutes} min {time.Seconds:00} s"
            : time.TotalDays < 1 ? $"{time.Hours} h {time.Minutes:00} min"
            : $"{(int)time.TotalDays} d {time.Hours} h";
    }

    /// <summary>A running clock: <c>0:07</c>, <c>12:34</c>, <c>3:07:21</c>.</summary>
    public static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Floor(Math.Clamp(seconds, 0, 1e9)));
        return time.TotalHours < 1 ? $"{time.Minutes}:{time.Seconds:00}" : $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}";
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    /// <summary>Local time to the second; the date only when it is not today's.</summary>
    public static string When(DateTimeOffset at, TimeProvider time)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        string format = local.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Count(long number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? one : many)}");
}
