using System.Diagnostics;
using System.Text.Json;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Throughput;

/// <summary>Messages per second through a served Plimsoll: posted durably, made into tasks, answered.</summary>
internal sealed class MessageBench : IBenchmark
{
    private const double MessagesPerSecond = 1000;
    private const double ProcessMessagesPerMinute = 1000;
    private const double AloneToMany = 0.5;
    private const int Connections = 64;

    public string Verb => "messages";

    public string Question => "How many messages that mention an agent become durable, tasks and answers per second: with an agent in the process, and with one that is a process each time?";

    public string Control => "the same messages one after another on one connection: without others to share a sync with it must be slower";

    public string Rivals => "none: no rival makes durable tasks of messages";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        int count = options.Count("messages", 9000);
        using Workbench bench = new();
        bench.Write("plimsoll.yaml", """
            templates:
              noop: { params: [text], noop: 0s }
              process: { params: [text], run: ["/bin/echo", "{{text}}"] }
            channels:
              fast: { agents: [noop] }
              slow: { agents: [process] }
              alone: { agents: [noop] }
            """);
        using ServedPlimsoll plimsoll = new(bench, options.Count("slots", 64));
        (double accepted, double answered) = MeasureAsync(plimsoll, "fast", "noop", count / 2, Connections).GetAwaiter().GetResult();
        (double alone, _) = MeasureAsync(plimsoll, "alone", "noop", count / 20, 1).GetAwaiter().GetResult();
        (_, double processes) = MeasureAsync(plimsoll, "slow", "process", count / 10, Connections).GetAwaiter().GetResult();
        output.WriteLine($"  no-op agent: {accepted:N0} messages/s accepted durably, {answered:N0} /s with their answers; {Connections} connections");
        output.WriteLine($"  control, one connection: {alone:N0} messages/s accepted, {alone / accepted:N2} of that");
        output.WriteLine($"  process agent: {processes:N0} messages/s with their answers, {processes * 60:N0} a minute");
        Verdict[] verdicts =
        [
            Budget.AtLeast("messages per second with their answers, no-op agent", answered, MessagesPerSecond, output),
            Budget.AtLeast("messages per minute with their answers, process agent", processes * 60, ProcessMessagesPerMinute, output),
        ];
        if (alone / accepted > AloneToMany)
        {
            output.WriteLine("  the control is as fast as many connections: what was measured is not the sharing of syncs");
            return Verdict.Inconclusive;
        }

        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    /// <summary>Messages per second until the last is accepted, and until the last is answered.</summary>
    private static async Task<(double Accepted, double Answered)> MeasureAsync(ServedPlimsoll plimsoll, string channel, string agent, int count, int connections)
    {
        long begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (number, _) => await plimsoll.PostAsync("/api/v1/messages", $$"""{"channel": "{{channel}}", "text": "@{{agent}} {{number}}"}"""));
        double accepted = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        int seen = 0;
        string after = "0";
        while (seen < 2 * count)
        {
            using JsonDocument page = await plimsoll.GetAsync($"/api/v1/messages?channel={channel}&after={after}&limit=1000&wait=30");
            int more = page.RootElement.GetProperty("messages").GetArrayLength();
            if (more == 0)
            {
                throw new InvalidOperationException($"after {seen} of {2 * count} messages nothing came for 30 s");
            }

            seen += more;
            after = page.RootElement.GetProperty("after").GetString()!;
        }

        return (accepted, count / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
