using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Writes the rates of a benchmark as a report that <c>plimsoll bench compare</c> reads.</summary>
internal static class MeasuredReport
{
    public static void Write(string file, string verb, IReadOnlyList<Measurement> measured)
    {
        MeasureView[] measures = [.. measured.Select(one => new MeasureView($"{verb}/{one.Name}", "/s", false, one.ItemsPerSecond))];
        var report = new MeasuredReportView(verb, TimeProvider.System.GetLocalNow(), measures);
        File.WriteAllText(file, JsonSerializer.Serialize(report, PlimsollJsonContext.Default.MeasuredReportView));
    }
}
