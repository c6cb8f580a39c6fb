using System.Diagnostics;
using System.Text.RegularExpressions;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Watching;

/// <summary>What watching costs: throughput of a service with it and without, a reading of the metrics, and open dashboards.</summary>
internal sealed partial class WatchBench : IBenchmark
{
    private const double WatchedToUnwatched = 0.98;
    private const double DashboardsToNone = 0.9;
    private const double MillisecondsPerReading = 5;
    private const int MostClasses = 201;
    private const int Classes = 400;
    private const int Slots = 1024;

    private int services;

    public string Verb => "watch";

    public string Question => "What does watching cost: no-op tasks per second with samples, counts and metrics and without, one reading of /metrics with a long queue, and 200 open dashboards?";

    public string Control => "the same service with watching switched off, in turn";

    public string Rivals => "none: what is compared is Plimsoll with itself";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 200_000);
        int dashboards = options.Count("dashboards", 200);
        using Workbench bench = new();
        IReadOnlyList<Measurement> measured = options.Note(Interleaved.Run(
            [
                new Contender("unwatched", tasks, () => Drain(bench, tasks, watched: false, dashboards: 0)),
                new Contender("watched, metrics read", tasks, () => Drain(bench, tasks, watched: true, dashboards: 0)),
                new Contender($"watched, {dashboards} dashboards", tasks, () => Drain(bench, tasks, watched: true, dashboards)),
            ],
            options.Count("rounds", 6),
            output));
        (double milliseconds, double slowest, int classes, int lines) = ReadAsync(bench, options.Count("queued", 100_000)).GetAwaiter().GetResult();
        output.WriteLine($"  /metrics: {milliseconds:N2} ms as the median of 200 readings, the slowest {slowest:N2} ms; {lines} values, {classes} of {Classes} classes by name");
        Verdict[] verdicts =
        [
            Budget.AtLeast("throughput watched / unwatched", measured[1].RatioTo(measured[0]), WatchedToUnwatched, output),
            Budget.AtLeast($"throughput with {dashboards} dashboards / with none", measured[2].RatioTo(measured[1]), DashboardsToNone, output),
            Budget.AtMost("milliseconds of one reading of /metrics", milliseconds, MillisecondsPerReading, output),
            Budget.AtMost("classes by name", classes, MostClasses, output),
        ];
        return Budget.Of(measured[0], output, verdicts);
    }

    private TimeSpan Drain(Workbench bench, int tasks, bool watched, int dashboards) => DrainAsync(bench, tasks, watched, dashboards).GetAwaiter().GetResult();

    private async Task<TimeSpan> DrainAsync(Workbench bench, int tasks, bool watched, int dashboards)
    {
        await using HostedService service = await HostedService.StartAsync(Folder(bench), Slots, watched);
        await using Onlookers onlookers = await Onlookers.OpenAsync(service.Client, dashboards, scraped: watched);
        return await service.DrainAsync(tasks);
    }

    private async Task<(double Median, double Slowest, int Classes, int Lines)> ReadAsync(Workbench bench, int queued)
    {
        await using HostedService service = await HostedService.StartAsync(Folder(bench), 1, watched: true);
        string classes = string.Join(',', Enumerable.Range(0, Classes).Select(static number => $$"""{"id":"c{{number}}","noop":"0s","class":"class-{{number}}"}"""));
        await service.EndOfAsync(await service.SubmitAsync($$"""{"tasks":[{{classes}}]}"""));
        await service.SubmitAsync(HostedService.Noops(queued, lasting: "3000s"));
        string text = "";
        while (!text.Contains($"plimsoll_queue_depth {queued - 1}\n", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            text = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        }

        var readings = new List<double>();
        for (int i = 0; i < 200; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            await service.Client.GetByteArrayAsync(new Uri("/metrics", UriKind.Relative));
            readings.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        int named = ClassLabel().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Count();
        return (Measurement.MedianOf(readings), readings.Max(), named, text.Split('\n').Count(static line => line is [not '#', ..]));
    }

    private string Folder(Workbench bench) => Path.Combine(bench.Folder, $"service-{++services}");

    [GeneratedRegex("plimsoll_class=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex ClassLabel();
}
