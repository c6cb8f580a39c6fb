using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Benchmarks.Micro;

/// <summary>
/// How long does the kernel take to accept a million tasks, how much memory does it hold for each, and what does one decision cost while
/// 100,000 tasks of 10,000 classes wait? Control: <see cref="NaiveScheduler"/>, which scans all ready tasks, at a tenth of the size.
/// </summary>
internal static class KernelBench
{
    private const int Submitted = 1_000_000;
    private const int Waiting = 100_000;
    private const int Classes = 10_000;
    private const int Decisions = 50_000;
    private const int ControlWaiting = 10_000;
    private const int ControlDecisions = 1_000;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    public static int Run()
    {
        (double seconds, double bytes) = Submit();
        Console.WriteLine($"submit {Submitted:N0} tasks, 4 needs each: {seconds:0.00} s (budget 5), {bytes:0} bytes per task (budget 600)");

        double plain = Decide(Waiting, Classes, withMemory: false);
        double packed = Decide(Waiting, Classes, withMemory: true);
        Console.WriteLine($"decision, {Waiting:N0} waiting, {Classes:N0} classes: {plain:0.0} us by count, {packed:0.0} us by memory (budget 20)");

        double small = Decide(ControlWaiting, ControlWaiting / 10, withMemory: true);
        double naive = NaiveScheduler.MicrosecondsPerDecision(ControlWaiting, ControlDecisions);
        Console.WriteLine($"control, {ControlWaiting:N0} waiting: kernel {small:0.0} us, full scan {naive:0.0} us");

        bool withinBudget = seconds <= 5 && bytes <= 600 && plain <= 20 && packed <= 20;
        bool controlFails = naive > small;
        Console.WriteLine(!controlFails ? "inconclusive: the control is not slower" : withinBudget ? "within budget" : "over budget");
        return withinBudget && controlFails ? 0 : 1;
    }

    private static (double Seconds, double BytesPerTask) Submit()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Kernel kernel = Empty(new FixedConcurrency(8, false, null, TimeSpan.Zero), null);
        double seconds = Fill(kernel);

        // The block is garbage by now but for its names, which the kernel keeps: they are counted.
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(kernel);
        return (seconds, held / (double)Submitted);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Fill(Kernel kernel)
    {
        var input = new AddTasks(new RunId(1), Layered(Submitted, width: 1000, needs: 4), new RunDocument(default, [], []));
        long began = Stopwatch.GetTimestamp();
        kernel.Apply([input], Start);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Decide(int waiting, int classes, bool withMemory)
    {
        var random = new Random(1);
        TaskShape[] shapes =
        [
            .. Enumerable.Range(0, classes).Select(i =>
                new TaskShape($"class{i}", [], i % 4, withMemory ? new Bytes(random.Next(1, 4000)) : null, Exclusive: false)),
        ];
        TaskBlock block = Flat(waiting, shapes, random);
        Kernel kernel = Empty(new FixedConcurrency(64, false, null, TimeSpan.Zero), withMemory ? new Bytes(40_000) : null);
        Turn turn = kernel.Apply([new AddTasks(new RunId(1), block, new RunDocument(default, [], []))], Start);
        var live = new Queue<AttemptId>(turn.Effects.OfType<StartAttempt>().Select(start => start.Attempt));
        int decisions = Math.Min(Decisions, waiting / 2);
        int made = 0;
        long began = Stopwatch.GetTimestamp();
        while (made < decisions)
        {
            turn = kernel.Apply([new AttemptEnded(live.Dequeue(), ExitReport.Success)], Start);
            foreach (Effect effect in turn.Effects)
            {
                if (effect is StartAttempt start)
                {
                    live.Enqueue(start.Attempt);
                    made++;
                }
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / made;
    }

    private static Kernel Empty(ConcurrencyPolicy policy, Bytes? memory)
    {
        var kernel = new Kernel(new KernelStart(1, 1, default));
        kernel.Fold(new LimitsChanged(Start, KernelLimits.Default with { Concurrency = policy, Node = new NodeCapacity(memory, null) }));
        kernel.Fold(new RunOpened(Start, new RunId(1), 1, "bench", "{}"));
        return kernel;
    }

    private static TaskBlock Layered(int count, int width, int needs)
    {
        var edges = new TaskEdge[Math.Max(0, count - width) * needs];
        for (int task = width, next = 0; task < count; task++)
        {
            int layer = (task / width * width) - width;
            for (int i = 0; i < needs; i++)
            {
                edges[next++] = new TaskEdge(layer + ((task + (i * 7)) % width), task, false);
            }
        }

        return Block(count, [new TaskShape("bench", [], 0, null, false)], static _ => 0, static _ => 1, edges);
    }

    private static TaskBlock Flat(int count, TaskShape[] shapes, Random random) =>
        Block(count, shapes, i => i % shapes.Length, _ => random.Next(1, 1000), []);

    private static TaskBlock Block(int count, TaskShape[] shapes, Func<int, int> shapeOf, Func<int, float> rank, TaskEdge[] edges)
    {
        var names = new Utf8Arena(count);
        for (int i = 0; i < count; i++)
        {
            names.Add($"task-{i}");
        }

        return new TaskBlock
        {
            Names = names,
            Shapes = [.. shapes],
            Policies = [TaskPolicy.Default],
            ShapeOf = [.. Enumerable.Range(0, count).Select(shapeOf)],
            PolicyOf = new int[count],
            Priority = new int[count],
            Rank = [.. Enumerable.Range(0, count).Select(rank)],
            Edges = edges,
            Conditional = [],
        };
    }
}
