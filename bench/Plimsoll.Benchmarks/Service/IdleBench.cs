using System.Diagnostics;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Service;

/// <summary>What a service costs that holds many queued tasks and has nothing to start.</summary>
internal sealed class IdleBench : IBenchmark
{
    private const double ResidentMebibytes = 150;
    private const double IdlePerCentOfCore = 1;
    private const double StatusMilliseconds = 200;
    private const int TasksPerCall = 1000;
    private const int Looks = 10;

    public string Verb => "service-idle";

    public string Question => "With 100,000 queued tasks: how much memory is resident, how much of a core does the idle service take, and how long does a look at it take?";

    public string Control => "the same service before it has a task";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 100_000);
        TimeSpan watch = TimeSpan.FromSeconds(options.Count("seconds", 10));
        using Workbench bench = new();
        bench.Write("plimsoll.yaml", "templates: { one: { noop: 1h } }\n");
        using ServedPlimsoll plimsoll = new(bench, 1, ServedPlimsoll.Loopback);
        double emptyMebibytes = plimsoll.ResidentMebibytes;
        double emptyIdle = ShareOfCore(plimsoll, watch);
        double emptyStatus = MedianMilliseconds(() => Status(bench, plimsoll));
        output.WriteLine($"  control, no task: {emptyMebibytes:N0} MiB, {emptyIdle:P2} of a core, status {emptyStatus:N0} ms");

        ServedTasks.SubmitAsync(plimsoll, ServedTasks.Call("one", TasksPerCall), tasks / TasksPerCall, 4).GetAwaiter().GetResult();
        double peakMebibytes = plimsoll.ResidentMebibytes;
        double status = MedianMilliseconds(() => Status(bench, plimsoll));
        double page = MedianMilliseconds(() => plimsoll.GetAsync("/api/v1/tasks").GetAwaiter().GetResult().Dispose());
        double queued = MedianMilliseconds(() => plimsoll.GetAsync("/api/v1/tasks?state=ready&limit=100").GetAwaiter().GetResult().Dispose());
        double idle = ShareOfCore(plimsoll, watch);
        double mebibytes = plimsoll.ResidentMebibytes;
        output.WriteLine($"  {tasks:N0} queued tasks: {peakMebibytes:N0} MiB after the submit, {mebibytes:N0} MiB after {watch.TotalSeconds:N0} s; page of tasks {page:N1} ms, of ready ones {queued:N1} ms (p50 of {Looks})");
        (int total, int succeeded) = ServedTasks.CountAsync(plimsoll).GetAwaiter().GetResult();
        if (total != tasks || succeeded != 0)
        {
            throw new InvalidOperationException($"{tasks} tasks were to wait, the service has {total}, of which {succeeded} succeeded");
        }

        Verdict[] verdicts =
        [
            Budget.AtMost("MiB resident", Math.Max(mebibytes, peakMebibytes), ResidentMebibytes, output),
            Budget.AtMost("per cent of a core, idle", idle * 100, IdlePerCentOfCore, output),
            Budget.AtMost("milliseconds of plimsoll status, p50", status, StatusMilliseconds, output),
        ];
        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static void Status(Workbench bench, ServedPlimsoll plimsoll) => Stopwatched.Run(Workbench.Plimsoll, ["status", "--state", plimsoll.State], bench.Folder);

    private static double ShareOfCore(ServedPlimsoll plimsoll, TimeSpan watch)
    {
        Thread.Sleep(TimeSpan.FromSeconds(2));
        TimeSpan before = plimsoll.ProcessorTime;
        long begun = Stopwatch.GetTimestamp();
        Thread.Sleep(watch);
        return (plimsoll.ProcessorTime - before) / Stopwatch.GetElapsedTime(begun);
    }

    private static double MedianMilliseconds(Action look)
    {
        look();
        return Measurement.MedianOf([.. Enumerable.Range(0, Looks).Select(_ =>
        {
            long begun = Stopwatch.GetTimestamp();
            look();
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        })]);
    }
}
