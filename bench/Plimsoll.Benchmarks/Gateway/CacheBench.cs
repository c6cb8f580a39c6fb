using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>What the cache is worth where most calls were made before.</summary>
internal sealed class CacheBench : IBenchmark
{
    private const double MostMeanSeconds = 0.4;
    private const double LeastHits = 0.95;

    public string Verb => "gateway-cache";

    public string Question => "Of 1,000 calls with 95 % duplicates to a model that takes 2.1 s, how many duplicates does the cache answer, and what is the mean?";

    public string Control => "the same calls one after another without a cache (as many as --control says; each takes the same)";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int calls = options.Count("calls", 1_000);
        int distinct = calls / 20;
        int[] order = [.. Enumerable.Range(0, calls).Select(call => call % distinct)];
        new Random(1).Shuffle(order);
        using Player upstream = Player.Start("upstream", "--first-token", "2.08", "--speed", "50", "--output", "1");
        using Player cached = Player.Start("gateway", "--to", upstream.Url, "--cache");
        using Player plain = Player.Start("gateway", "--to", upstream.Url);
        double control = AskAsync(plain, order[..options.Count("control", 10)], 1).GetAwaiter().GetResult();
        long before = Requests(upstream);
        double mean = AskAsync(cached, order, options.Count("clients", 1)).GetAwaiter().GetResult();
        long sent = Requests(upstream) - before;
        double hits = (calls - sent) / (double)(calls - distinct);
        output.WriteLine($"  control: mean {control:0.000} s; cached: mean {mean:0.000} s, {sent} of {calls} calls reached the provider");
        Verdict first = Budget.AtLeast("duplicates answered by the cache", hits, LeastHits, output);
        Verdict second = Budget.AtMost("mean, s", mean, MostMeanSeconds, output);
        return first == Verdict.Met && second == Verdict.Met ? Verdict.Met : Verdict.Missed;
    }

    private static long Requests(Player upstream) => long.Parse(upstream.Look().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<double> AskAsync(Player to, int[] order, int clients)
    {
        using Caller caller = new(to);
        List<double> seconds = [];
        int next = -1;
        async Task WorkAsync()
        {
            for (int call = Interlocked.Increment(ref next); call < order.Length; call = Interlocked.Increment(ref next))
            {
                (int status, _, double last) = await caller.AskAsync(Caller.Body(500, streams: false, $"question {order[call]}"), null, CancellationToken.None);
                if (status != 200)
                {
                    throw new InvalidOperationException($"status {status}");
                }

                lock (seconds)
                {
                    seconds.Add(last);
                }
            }
        }

        await Task.WhenAll([.. Enumerable.Range(0, clients).Select(_ => WorkAsync())]);
        return seconds.Average();
    }
}
