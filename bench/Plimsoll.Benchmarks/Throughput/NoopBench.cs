using Plimsoll.Benchmarks.Controls;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>Journalled in-process tasks per second through the real executable.</summary>
internal sealed class NoopBench : IBenchmark
{
    private const double TasksPerSecond = 50_000;

    public string Verb => "noop";

    public string Question => "How many journalled no-op tasks per second does plimsoll run complete, beyond the time of a one-task plan?";

    public string Control => "a bare loop that inserts as many rows into SQLite in batches: what the journal alone could do";

    public string Rivals => "none: the figures others publish are for other guarantees";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 200_000);
        using Workbench bench = new();
        string many = bench.Write("many.json", Plan(tasks));
        string one = bench.Write("one.json", Plan(1));
        List<double> rates = [];
        for (int round = 0; round < options.Count("rounds", 3); round++)
        {
            TimeSpan alone = Execute(bench, one);
            TimeSpan all = Execute(bench, many);
            double rate = tasks / (all - alone).TotalSeconds;
            double control = tasks / SqliteInserts.Run(Path.Combine(bench.Folder, $"control-{round}.db"), tasks).TotalSeconds;
            output.WriteLine($"  {rate:N0} tasks/s ({all.TotalSeconds:N2} s, of which {alone.TotalSeconds:N2} s for a plan of one); bare SQLite loop {control:N0} rows/s; ratio {rate / control:N2}");
            rates.Add(rate);
        }

        return Budget.AtLeast("tasks per second", Measurement.MedianOf(rates), TasksPerSecond, output);
    }

    private static TimeSpan Execute(Workbench bench, string plan) =>
        Stopwatched.Run(Workbench.Plimsoll, ["run", "-q", "--state", bench.FreshState(), plan], bench.Folder);

    private static string Plan(int tasks) =>
        """{"name":"noop","concurrency":1024,"tasks":{"t":{"noop":"0s","matrix":{"i":["""
        + string.Join(',', Enumerable.Range(0, tasks)) + "]}}}}";
}
