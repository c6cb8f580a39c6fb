using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>Makes up a load; the same for the same seed.</summary>
public static class LoadGenerator
{
    private const int SizeSteps = 8;

    public static SimulatedLoad Make(GeneratedShape wanted, int seed)
    {
        var random = new Random(seed);
        (double Seconds, double Bytes)[] classes = [.. Enumerable.Range(0, wanted.Classes).Select(_ =>
            (wanted.Seconds * LogNormal(random, 2 * wanted.Spread), wanted.MemoryBytes * LogNormal(random, 2 * wanted.Spread)))];
        var work = new SimulatedWork[wanted.Tasks];
        var names = new Utf8Arena(wanted.Tasks);
        var shapes = new List<TaskShape>();
        var places = new Dictionary<(int Class, int Step), int>();
        int[] shapeOf = new int[wanted.Tasks];
        float[] seconds = new float[wanted.Tasks];
        for (int i = 0; i < wanted.Tasks; i++)
        {
            int kind = random.Next(wanted.Classes);
            names.Add($"{kind}-{i}");
            seconds[i] = (float)(classes[kind].Seconds * LogNormal(random, wanted.Spread));
            int step = Math.Clamp((int)Math.Ceiling(SizeSteps * Gaussian(random) * wanted.Spread), -SizeSteps * 4, SizeSteps * 4);
            long bytes = (long)(classes[kind].Bytes * Math.Exp(step / (double)SizeSteps));
            work[i] = Work(wanted, random, seconds[i], bytes);
            shapeOf[i] = Place(places, shapes, (kind, step), () => new TaskShape($"class{kind}", [], wanted.Cpu, new Bytes(bytes + wanted.BurstBytes), false));
        }

        TaskEdge[] edges = Edges(wanted);
        TaskPolicy policy = wanted.FailureShare > 0
            ? new TaskPolicy(new RetryPolicy(3, BackoffPolicy.Default, [], []), null, TaskPolicy.DefaultGrace, null)
            : TaskPolicy.Default;
        return new SimulatedLoad("generated", new TaskBlock
        {
            Names = names,
            Shapes = [.. shapes],
            Policies = [policy],
            ShapeOf = shapeOf,
            PolicyOf = new int[wanted.Tasks],
            Priority = new int[wanted.Tasks],
            Rank = CriticalPath.Rank(wanted.Tasks, edges, seconds),
            Edges = edges,
            Conditional = [],
        }, work);
    }

    private static SimulatedWork Work(GeneratedShape wanted, Random random, float seconds, long bytes)
    {
        int failures = random.NextDouble() < wanted.FailureShare ? 1 : 0;
        float from = (float)(random.NextDouble() * (1 - wanted.BurstShare));
        return wanted.BurstBytes == 0
            ? SimulatedWork.Flat(seconds, bytes) with { Failures = failures }
            : new SimulatedWork(seconds, bytes, wanted.BurstBytes, from, from + (float)wanted.BurstShare, failures);
    }

    private static int Place(Dictionary<(int Class, int Step), int> places, List<TaskShape> shapes, (int Class, int Step) key, Func<TaskShape> make)
    {
        if (!places.TryGetValue(key, out int place))
        {
            place = shapes.Count;
            places.Add(key, place);
            shapes.Add(make());
        }

        return place;
    }

    private static TaskEdge[] Edges(GeneratedShape wanted)
    {
        int width = Math.Min(wanted.Width, wanted.Tasks);
        int needs = Math.Min(wanted.Needs, width);
        var edges = new TaskEdge[Math.Max(0, wanted.Tasks - width) * needs];
        for (int task = width, next = 0; task < wanted.Tasks; task++)
        {
            int layer = (task / width * width) - width;
            for (int i = 0; i < needs; i++)
            {
                edges[next++] = new TaskEdge(layer + ((task + (i * 7)) % width), task, false);
            }
        }

        return needs > 1 ? [.. edges.Distinct()] : edges;
    }

    private static double LogNormal(Random random, double spread) => Math.Exp(spread * Gaussian(random));

    /// <summary>Box and Muller's transform.</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
