using System.Globalization;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Tests.Gateway.Simulation;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>A hundred clients in real time, through sockets, the gateway and the modelled provider.</summary>
internal sealed class FleetBench : IBenchmark
{
    private const int PerMinute = 5_255 * 60;
    private const int BytesPerToken = 4;
    private const double LeastGoodput = 0.97;
    private const double WarmUpSeconds = 30;

    public string Verb => "gateway-fleet";

    public string Question => "Which share of a provider's quota do 100 clients use in real minutes through the gateway, and does any of them see a 429?";

    public string Control => "none: the same in virtual time is gateway-quota";

    public string Rivals => "none";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        string folder = options.Text("data", Path.Combine(Workbench.Root, "..", "shared", "data", "llm"));
        return RunAsync(options, RecordedTraces.Azure(folder).Calls, output).GetAwaiter().GetResult();
    }

    private static async Task<Verdict> RunAsync(BenchmarkOptions options, IReadOnlyList<FleetCall> calls, TextWriter output)
    {
        int depth = options.Count("depth", 10);
        int limit = PerMinute * options.Count("scale", 10);
        using Player upstream = Player.Start(
            "upstream",
            ["--first-token", "0.4", "--speed", "60", "--itpm", $"{limit}", "--depth", $"{depth}", .. options.Has("debt") ? (string[])["--debt"] : []]);
        using Player gateway = Player.Start("gateway", "--to", upstream.Url, "--auto");
        using Caller caller = new(gateway);
        using CancellationTokenSource end = new();
        int next = -1;
        int wrong = 0;
        int done = 0;
        async Task WorkAsync()
        {
            while (!end.IsCancellationRequested)
            {
                FleetCall call = calls[Interlocked.Increment(ref next) % calls.Count];
                string body = Caller.Body((int)call.Input * BytesPerToken, streams: true, "call");
                try
                {
                    (int status, _, _) = await caller.AskAsync(body, call.Output, end.Token);
                    Interlocked.Increment(ref status == 200 ? ref done : ref wrong);
                }
                catch (OperationCanceledException)
                {
                    // The time is over.
                }
            }
        }

        Task[] clients = [.. Enumerable.Range(0, options.Count("clients", 100)).Select(_ => WorkAsync())];
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds));
        long[] before = Look(upstream);
        TimeSpan measured = TimeSpan.FromSeconds(options.Count("seconds", 300));
        long begun = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.Delay(measured);
        long[] after = Look(upstream);
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await end.CancelAsync();
        await Task.WhenAll(clients);
        double goodput = (after[2] - before[2]) / (limit / 60.0 * seconds);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  depth {depth} s, {limit} tokens a minute, {seconds:0} s after {WarmUpSeconds:0} s: {after[0] - before[0]} requests, {after[1]} x 429 of the provider in all ({after[0]} requests), {done} answers, {wrong} other than 200 seen by clients"));
        Verdict used = Budget.AtLeast("goodput", goodput, LeastGoodput, output);
        Verdict refused = Budget.AtMost("429 per 1,000 requests", 1_000.0 * after[1] / Math.Max(1, after[0]), depth > 1 ? 0 : 1, output);
        Verdict seen = Budget.AtMost("answers other than 200", wrong, 0, output);
        return new[] { used, refused, seen }.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    private static long[] Look(Player upstream) => [.. upstream.Look().Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
}
