using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Service;

/// <summary>Single durable posts per second through real HTTP.</summary>
internal sealed class PostsBench : IBenchmark
{
    private const double PostsPerSecond = 10_000;
    private const int Exact = 2000;
    private const string Body = """{"feature": "Feature 1", "target_url": "https://example.com", "priority": 5}""";

    public string Verb => "service-posts";

    public string Question => "How many single POST /api/tasks per second does plimsoll serve accept durably, from wrk on connections that are kept alive?";

    public string Control => "GET /health of the same service: the same HTTP without a journal";

    public string Rivals => "none: the figures others publish are for other guarantees";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        if (!Workbench.Has(WrkPosts.Program))
        {
            output.WriteLine("  wrk is not installed");
            return Verdict.Inconclusive;
        }

        (int rounds, int seconds, int connections) = (options.Count("rounds", 3), options.Count("seconds", 5), options.Count("connections", 256));
        using Workbench bench = new();
        bench.Write("plimsoll.yaml", $$"""
            templates:
              default: { params: [feature, target_url], noop: {{options.Text("noop", "0s")}} }
            """);
        List<double> posts = [];
        List<double> health = [];
        for (int round = 0; round < rounds; round++)
        {
            using ServedPlimsoll plimsoll = new(bench, options.Count("slots", 64), ServedPlimsoll.Loopback);
            WrkPosts.Run(bench, $"{plimsoll.Url}/api/tasks", Body, connections, 1);
            health.Add(WrkPosts.Run(bench, $"{plimsoll.Url}/health", null, connections, seconds).PerSecond);
            int before = SettledAsync(plimsoll).GetAwaiter().GetResult();
            (int answered, double perSecond) = WrkPosts.Run(bench, $"{plimsoll.Url}/api/tasks", Body, connections, seconds);
            posts.Add(perSecond);
            int after = SettledAsync(plimsoll).GetAwaiter().GetResult();
            RequireKept(answered, after - before, connections);
            ExactAsync(plimsoll, after).GetAwaiter().GetResult();
            output.WriteLine($"  {perSecond:N0} posts/s, {answered:N0} answered 202, {after - before:N0} in the service (at most {connections} more were on their way when wrk left); then {Exact:N0} of {Exact:N0} exactly; GET /health {health[^1]:N0}/s");
        }

        IReadOnlyList<Measurement> results = options.Note([new("posts", posts), new("health", health)]);
        output.WriteLine($"  ratio to GET /health {results[0].RatioTo(results[1]):N2}");
        return Budget.Of(results[1], output, Budget.AtLeast("durable posts per second", results[0].Median, PostsPerSecond, output));
    }

    /// <summary>How many tasks the service has, once what was on its way when wrk left has come to its end.</summary>
    private static async Task<int> SettledAsync(ServedPlimsoll plimsoll)
    {
        for (int last = -1; ;)
        {
            await ServedTasks.DoneAsync(plimsoll);
            (int now, _) = await ServedTasks.CountAsync(plimsoll);
            if (now == last)
            {
                return now;
            }

            last = now;
            await Task.Delay(100);
        }
    }

    private static void RequireKept(int answered, int kept, int connections)
    {
        if (kept < answered || kept > answered + connections)
        {
            throw new InvalidOperationException($"{answered} posts were answered, the service has {kept}");
        }
    }

    /// <summary>Every answer is read here, so that the numbers must be equal.</summary>
    private static async Task ExactAsync(ServedPlimsoll plimsoll, int before)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Exact), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, _) => await plimsoll.PostAsync("/api/tasks", Body));
        (int after, _) = await ServedTasks.CountAsync(plimsoll);
        if (after - before != Exact)
        {
            throw new InvalidOperationException($"{Exact} posts were answered, the service has {after - before}");
        }
    }
}
