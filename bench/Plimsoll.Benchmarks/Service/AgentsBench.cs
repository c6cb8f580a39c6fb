using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Throughput;

namespace Plimsoll.Benchmarks.Service;

/// <summary>Many agents and tasks with locks at once, and many short tasks on many slots.</summary>
internal sealed class AgentsBench : IBenchmark
{
    private const int Agents = 50;
    private const int Tasks = 200;
    private const int Locks = 20;
    private const int Slots = 50;
    private const double FiftySeconds = 0.5;
    private const double TwoHundredSeconds = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Verb => "service-agents";

    public string Question => "Do 50 agents with 200 tasks under random locks, and ten times that, all complete without a deadlock; how long do 50 and 200 processes of 0.1 s take on 50 slots?";

    public string Control => "the 200 tasks with one exclusive lock that all of them want must take at least the sum of their times";

    public string Rivals => "xargs -P50 with the same processes, without a journal";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        using Workbench bench = new();
        bench.Write("plimsoll.yaml", Configuration());
        using ServedPlimsoll plimsoll = new(bench, Slots, ServedPlimsoll.Loopback);
        int seed = options.Count("seed", 1);
        int sum = 0;
        TimeSpan Complete(string call, int tasks) => CompleteAsync(plimsoll, call, sum += tasks).GetAwaiter().GetResult();

        output.WriteLine($"  {Agents} agents, {Tasks} tasks, up to 3 of {Locks} locks each: all succeeded in {Complete(Locked(Agents, Tasks, seed), Tasks).TotalSeconds:N2} s");
        output.WriteLine($"  {Agents * 10} agents, {Tasks * 10} tasks: all succeeded in {Complete(Locked(Agents * 10, Tasks * 10, seed + 1), Tasks * 10).TotalSeconds:N2} s");
        double alone = Complete(Same("""{"template": "quick", "locks": { "all": "exclusive" }}""", Tasks), Tasks).TotalSeconds;
        output.WriteLine($"  control, {Tasks} tasks of 10 ms behind one lock: {alone:N2} s");

        List<double> fifty = [];
        List<double> many = [];
        List<double> noops = [];
        List<double> xargs = [];
        for (int round = 0; round < options.Count("rounds", 5); round++)
        {
            fifty.Add(Complete(Same("""{"template": "tenth"}""", Slots), Slots).TotalSeconds);
            many.Add(Complete(Same("""{"template": "tenth"}""", Tasks), Tasks).TotalSeconds);
            noops.Add(Complete(Same("""{"template": "tenth-inside"}""", Tasks), Tasks).TotalSeconds);
            xargs.Add(Stopwatched.Run("xargs", ["-P50", "-n1", "/bin/sleep"], bench.Folder, bench.Write("lines", string.Concat(Enumerable.Repeat("0.1\n", Tasks)))).TotalSeconds);
        }

        output.WriteLine($"  {Tasks} tasks of 0.1 s in the service's process {Measurement.MedianOf(noops):N2} s; xargs -P50 with {Tasks} processes {Measurement.MedianOf(xargs):N2} s");
        Verdict[] verdicts =
        [
            Budget.AtLeast("seconds behind one lock (control)", alone, Tasks * 0.01, output),
            Budget.AtMost("seconds for 50 processes of 0.1 s on 50 slots", Measurement.MedianOf(fifty), FiftySeconds, output),
            Budget.AtMost("seconds for 200 processes of 0.1 s on 50 slots", Measurement.MedianOf(many), TwoHundredSeconds, output),
        ];
        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : Verdict.Met;
    }

    /// <summary>Ends when all have succeeded; a deadlock is no end.</summary>
    private static async Task<TimeSpan> CompleteAsync(ServedPlimsoll plimsoll, string call, int sum)
    {
        long begun = Stopwatch.GetTimestamp();
        await plimsoll.PostAsync("/api/v1/tasks", call);
        await ServedTasks.DoneAsync(plimsoll).WaitAsync(Patience);
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        await ServedTasks.RequireSucceededAsync(plimsoll, sum);
        return took;
    }

    private static string Configuration()
    {
        var yaml = new StringBuilder("templates:\n");
        yaml.Append("  quick: { noop: 10ms }\n  tenth: { run: [/bin/sleep, \"0.1\"], memory: 2M }\n  tenth-inside: { noop: 100ms }\n");
        for (int agent = 0; agent < Agents * 10; agent++)
        {
            // Some work in a process, the rest in the service, each agent of a class of its own.
            yaml.Append(CultureInfo.InvariantCulture, $"  agent{agent}: {{ class: agent{agent}, memory: 2M, {(agent % 5 == 0 ? "run: [/bin/sleep, \"0.02\"]" : "noop: 20ms")} }}\n");
        }

        return yaml.ToString();
    }

    private static string Same(string task, int tasks) => $$"""{"tasks": [{{string.Join(',', Enumerable.Repeat(task, tasks))}}]}""";

    private static string Locked(int agents, int tasks, int seed)
    {
        Random random = new(seed);
        return $$"""{"tasks": [{{string.Join(',', Enumerable.Range(0, tasks).Select(task => One(task % agents, random)))}}]}""";
    }

    /// <summary>Its locks in random order and of random kinds.</summary>
    private static string One(int agent, Random random)
    {
        IEnumerable<string> locks = Enumerable.Range(0, Locks).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(name => $"\"lock{name}\": \"{(random.Next(2) == 0 ? "exclusive" : "shared")}\"");
        return $$"""{"template": "agent{{agent}}", "priority": {{random.Next(10)}}, "locks": { {{string.Join(", ", locks)}} } }""";
    }
}
