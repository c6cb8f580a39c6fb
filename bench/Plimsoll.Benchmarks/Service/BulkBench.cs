using System.Diagnostics;
using Plimsoll.Benchmarks.Controls;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Service;

/// <summary>Tasks per second that are accepted in calls of thousands.</summary>
internal sealed class BulkBench : IBenchmark
{
    private const double TasksPerSecond = 100_000;
    private static readonly int[] Sizes = [1000, 10_000];

    public string Verb => "service-bulk";

    public string Question => "How many tasks per second does plimsoll serve accept durably in calls of 1,000 and of 10,000 tasks?";

    public string Control => "a bare loop that inserts as many small rows into SQLite in batches";

    public string Rivals => "the control";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 200_000);
        using Workbench bench = new();
        // One slot and long work: what is measured is the submit, not what the tasks do.
        bench.Write("plimsoll.yaml", "templates: { one: { noop: 1h } }\n");
        int control = 0;
        IReadOnlyList<Measurement> results = options.Note(Interleaved.Run(
            [
                .. Sizes.Select(size => new Contender($"calls of {size} tasks", tasks, () => SubmitAsync(bench, tasks, size, options.Count("connections", 4)).GetAwaiter().GetResult())),
                new Contender("bare loop, rows", tasks, () => SqliteInserts.Run(Path.Combine(bench.Folder, $"control-{++control}.db"), tasks)),
            ],
            options.Count("rounds", 3),
            output));
        // The bare loop takes a tenth of a second: it shows what is possible, and is too short to tell whether the machine is quiet.
        Verdict[] verdicts = [.. Sizes.Select((size, at) => Budget.AtLeast($"tasks per second in calls of {size}", results[at].Median, TasksPerSecond, output))];
        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static async Task<TimeSpan> SubmitAsync(Workbench bench, int tasks, int size, int connections)
    {
        using ServedPlimsoll plimsoll = new(bench, 1, ServedPlimsoll.Loopback);
        byte[] call = ServedTasks.Call("one", size);
        int warm = connections * 2;
        await ServedTasks.SubmitAsync(plimsoll, call, warm, connections);
        long begun = Stopwatch.GetTimestamp();
        await ServedTasks.SubmitAsync(plimsoll, call, tasks / size, connections);
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        (int total, _) = await ServedTasks.CountAsync(plimsoll);
        return total == (warm + (tasks / size)) * size ? took : throw new InvalidOperationException($"{(warm + (tasks / size)) * size} tasks were accepted, the service has {total}");
    }
}
