using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>What the gateway costs beside what merely forwards.</summary>
internal sealed class ForwardingBench : IBenchmark
{
    private const double ToBare = 0.85;
    private const double MostCpuMicroseconds = 35;
    private const double MostAddedMicroseconds = 150;
    private const int LatencyWarmUp = 2_000;
    private const int LatencyRequests = 5_000;

    public string Verb => "gateway";

    public string Question => "How many requests a second does the gateway forward with limits, queue and accounting on, at what processor time, and what does a lone caller wait more?";

    public string Control => "wrk against the provider itself: nothing can be faster, and its spread shows whether the machine is quiet";

    public string Rivals => "a bare Kestrel + SocketsHttpHandler forwarder, nginx as a plain proxy (Debian: nginx-light, wrk)";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        if (!Workbench.Has(Wrk.Program))
        {
            output.WriteLine($"  {Wrk.Program} is needed");
            return Verdict.Inconclusive;
        }

        using Workbench bench = new();
        using Player upstream = Player.Start("upstream", "--steady");
        using Player bare = Player.Start("bare", "--to", upstream.Url);
        using Player gateway = Player.Start("gateway", "--to", upstream.Url);
        using Player? nginx = Workbench.Has(Nginx.Program) ? Nginx.Start(bench, upstream.Url) : null;
        List<Player> all = [upstream, bare, gateway];
        if (nginx is not null)
        {
            all.Add(nginx);
        }

        Wrk wrk = new(bench, options.Count("connections", 64), options.Count("seconds", 5));
        output.WriteLine($"  load average {File.ReadAllText("/proc/loadavg").Trim()}");
        foreach (Player player in all)
        {
            // Until what runs often is compiled.
            wrk.Run(player);
        }

        Dictionary<Player, List<double>> cpu = all.ToDictionary(player => player, _ => new List<double>());
        Contender[] contenders = [.. all.Select(player => new Contender(player == upstream ? "direct" : player.Name, 1, () => Once(wrk, player, cpu[player])))];
        Dictionary<string, Measurement> rates = options.Note(Interleaved.Run(contenders, options.Count("rounds", 5), output)).ToDictionary(result => result.Name, StringComparer.Ordinal);
        foreach (Player player in all)
        {
            output.WriteLine($"  {player.Name,-28} {Measurement.MedianOf(cpu[player]),12:0.0} us of processor time per request   resident {player.ResidentMebibytes():0} MiB");
        }

        Dictionary<Player, double> p50 = Lone(all, options.Count("rounds", 5));
        foreach (Player player in all)
        {
            output.WriteLine($"  {player.Name,-28} {p50[player],12:0} us p50 of a lone caller (+{p50[player] - p50[upstream]:0})");
        }

        return Budget.Of(
            rates["direct"],
            output,
            Budget.AtLeast("gateway / bare", rates["gateway"].RatioTo(rates["bare"]), ToBare, output),
            Budget.AtMost("processor time per request, us", Measurement.MedianOf(cpu[gateway]), MostCpuMicroseconds, output),
            Budget.AtMost("added p50, us", p50[gateway] - p50[upstream], MostAddedMicroseconds, output));
    }

    private static TimeSpan Once(Wrk wrk, Player player, List<double> cpu)
    {
        TimeSpan before = player.Cpu();
        double rate = wrk.Run(player);
        cpu.Add((player.Cpu() - before).TotalMicroseconds / (rate * wrk.Seconds));
        return TimeSpan.FromSeconds(1 / rate);
    }

    private static Dictionary<Player, double> Lone(IReadOnlyList<Player> players, int rounds)
    {
        Dictionary<Player, List<double>> seen = players.ToDictionary(player => player, _ => new List<double>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (Player player in players)
            {
                using Latency latency = new(player);
                for (int request = 0; request < LatencyWarmUp; request++)
                {
                    latency.Once();
                }

                seen[player].Add(Measurement.MedianOf([.. Enumerable.Range(0, LatencyRequests).Select(_ => latency.Once())]));
            }
        }

        return seen.ToDictionary(pair => pair.Key, pair => Measurement.MedianOf(pair.Value));
    }
}
