using System.Diagnostics;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Throughput;
using Plimsoll.Tests.Support;

namespace Plimsoll.Benchmarks.Service;

/// <summary>Tasks per second from the first submit to the last end, beside queues people use today.</summary>
internal sealed class ServedNoopBench : IBenchmark
{
    private const double ToBullMq = 1;
    private const double TasksPerSecondOnPostgres = 10_000;
    private const int TasksPerCall = 1000;
    private const int Connections = 4;

    public string Verb => "service-noop";

    public string Question => "How many no-op tasks per second does plimsoll serve take in bulk and end, all journalled? --postgres: on PostgreSQL, which the benchmark starts";

    public string Control => "every task must be there and have succeeded; the rival is the control of the machine";

    public string Rivals => "BullMQ on Redis with appendfsync always, 2 worker processes; --postgres: SELECT … FOR UPDATE SKIP LOCKED, one by one, 8 clients";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int tasks = options.Count("tasks", 60_000);
        using Workbench bench = new();
        bench.Write("plimsoll.yaml", "templates: { one: { noop: 0s } }\n");
        return options.Has("postgres") ? OnPostgresAsync(bench, tasks, options, output).GetAwaiter().GetResult() : OnSqlite(bench, tasks, options, output);
    }

    private static Verdict OnSqlite(Workbench bench, int tasks, BenchmarkOptions options, TextWriter output)
    {
        if (!Workbench.Has("redis-server") || !Workbench.Has("npm"))
        {
            output.WriteLine("  redis-server and npm are needed for a verdict");
            return Verdict.Inconclusive;
        }

        BullMq rival = new(bench, options.Count("workers", 2), options.Count("concurrency", 100));
        IReadOnlyList<Measurement> results = options.Note(Interleaved.Run(
            [
                new Contender("plimsoll on SQLite", tasks, () => CompleteAsync(bench, tasks, options.Count("slots", 1024), null).GetAwaiter().GetResult()),
                new Contender("BullMQ, appendfsync always", tasks, () => rival.Run(tasks)),
            ],
            options.Count("rounds", 3),
            output));
        return Budget.Of(results[1], output, Budget.AtLeast("plimsoll / BullMQ", results[0].RatioTo(results[1]), ToBullMq, output));
    }

    private static async Task<Verdict> OnPostgresAsync(Workbench bench, int tasks, BenchmarkOptions options, TextWriter output)
    {
        if (PostgresServer.Programs is null)
        {
            output.WriteLine("  PostgreSQL is not installed");
            return Verdict.Inconclusive;
        }

        await using PostgresServer server = await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=60");
        IReadOnlyList<Measurement> results = options.Note(Interleaved.Run(
            [
                new Contender("plimsoll on PostgreSQL", tasks, () => OnDatabaseAsync(bench, server, tasks, options.Count("slots", 1024)).GetAwaiter().GetResult()),
                new Contender("SKIP LOCKED, 8 clients", tasks / 2, () => SkipLocked.RunAsync(server, tasks / 2, 8).GetAwaiter().GetResult()),
            ],
            options.Count("rounds", 3),
            output));
        output.WriteLine($"  ratio to SKIP LOCKED {results[0].RatioTo(results[1]):N2}");
        return Budget.Of(results[1], output, Budget.AtLeast("tasks per second on PostgreSQL", results[0].Median, TasksPerSecondOnPostgres, output));
    }

    private static async Task<TimeSpan> OnDatabaseAsync(Workbench bench, PostgresServer server, int tasks, int slots) =>
        await CompleteAsync(bench, tasks, slots, server.Url(await server.CreateDatabaseAsync()));

    private static async Task<TimeSpan> CompleteAsync(Workbench bench, int tasks, int slots, string? journal)
    {
        using ServedPlimsoll plimsoll = new(bench, slots, ServedPlimsoll.Loopback, journal);
        byte[] call = ServedTasks.Call("one", TasksPerCall);
        await ServedTasks.SubmitAsync(plimsoll, call, Connections, Connections);
        await ServedTasks.DoneAsync(plimsoll);
        long begun = Stopwatch.GetTimestamp();
        await ServedTasks.SubmitAsync(plimsoll, call, tasks / TasksPerCall, Connections);
        await ServedTasks.DoneAsync(plimsoll);
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        await ServedTasks.RequireSucceededAsync(plimsoll, tasks + (Connections * TasksPerCall));
        return took;
    }
}
