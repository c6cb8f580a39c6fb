using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;

namespace Plimsoll.Watch.Signals;

/// <summary>Writes numbers for people.</summary>
internal static class Figure
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds:0} ms",
        { TotalSeconds: < 120 } => $"{span.TotalSeconds:0.#} s",
        { TotalMinutes: < 120 } => $"{span.TotalMinutes:0.#} min",
        { TotalHours: < 48 } => $"{span.TotalHours:0.#} h",
        _ => $"{span.TotalDays:0.#} days",
    };

    public static string Of(double value, SignalUnit unit) => unit switch
    {
        _ when !double.IsFinite(value) => "unknown",
        SignalUnit.Share => $"{value * 100:0.#} %",
        SignalUnit.Seconds => Of(TimeSpan.FromSeconds(Math.Clamp(value, 0, 1e9))),
        SignalUnit.Bytes => new Bytes((long)value).ToString(),
        SignalUnit.BytesPerMinute => $"{new Bytes((long)value)}/min",
        SignalUnit.Ratio => $"{value:0.##} x",
        SignalUnit.Flag => value > 0 ? "yes" : "no",
        SignalUnit.Dollars => $"{value:0.00} USD",
        _ => $"{value:0.##}",
    };
}
