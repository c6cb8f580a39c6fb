using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>What many streams at once hold, and how much later the first bytes of one come.</summary>
internal sealed class StreamBench : IBenchmark
{
    private const double MostMebibytes = 150;
    private const double MostAddedMilliseconds = 0.5;
    private const int WarmUp = 200;

    public string Verb => "gateway-streams";

    public string Question => "How much memory does the gateway hold with 500 streams at once, and how much later does the first chunk of a stream come?";

    public string Control => "the same streams straight from the provider";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        output.WriteLine($"  load average {File.ReadAllText("/proc/loadavg").Trim()}");
        double resident = ResidentAsync(options.Count("streams", 500), output).GetAwaiter().GetResult();
        double added = FirstChunkAsync(options.Count("samples", 1_000), output).GetAwaiter().GetResult();
        Verdict memory = Budget.AtMost("resident with all streams, MiB", resident, MostMebibytes, output);
        Verdict first = Budget.AtMost("added time to the first chunk, p50, ms", added, MostAddedMilliseconds, output);
        return memory == Verdict.Met && first == Verdict.Met ? Verdict.Met : Verdict.Missed;
    }

    private static async Task<double> ResidentAsync(int streams, TextWriter output)
    {
        using Player upstream = Player.Start("upstream", "--first-token", "1", "--speed", "10", "--output", "200");
        using Player gateway = Player.Start("gateway", "--to", upstream.Url);
        using Caller caller = new(gateway);
        double before = gateway.ResidentMebibytes();
        Task<(int Status, double First, double Last)>[] all =
            [.. Enumerable.Range(0, streams).Select(stream => caller.AskAsync(Caller.Body(8_000, streams: true, $"{stream}"), null, CancellationToken.None))];
        double most = 0;
        while (!all.All(stream => stream.IsCompleted))
        {
            most = Math.Max(most, gateway.ResidentMebibytes());
            await Task.Delay(200);
        }

        int whole = 0;
        foreach (Task<(int Status, double First, double Last)> stream in all)
        {
            whole += (await stream).Status == 200 ? 1 : 0;
        }

        output.WriteLine($"  {whole} of {streams} streams of 21 s ended well; resident {before:0} MiB before, {most:0} MiB at most");
        return whole == streams ? most : double.PositiveInfinity;
    }

    private static async Task<double> FirstChunkAsync(int samples, TextWriter output)
    {
        using Player upstream = Player.Start("upstream", "--first-token", "0.000001", "--speed", "1000000", "--output", "5");
        using Player gateway = Player.Start("gateway", "--to", upstream.Url);
        using Caller direct = new(upstream);
        using Caller through = new(gateway);
        List<double> straight = [];
        List<double> passed = [];
        for (int sample = 0; sample < samples + WarmUp; sample++)
        {
            string body = Caller.Body(2_000, streams: true, $"{sample}");
            (_, double first, _) = await direct.AskAsync(body, null, CancellationToken.None);
            (_, double second, _) = await through.AskAsync(body, null, CancellationToken.None);
            if (sample >= WarmUp)
            {
                straight.Add(first * 1_000);
                passed.Add(second * 1_000);
            }
        }

        output.WriteLine($"  first chunk, p50: {Measurement.MedianOf(straight):0.000} ms straight, {Measurement.MedianOf(passed):0.000} ms through the gateway");
        return Measurement.MedianOf(passed) - Measurement.MedianOf(straight);
    }
}
