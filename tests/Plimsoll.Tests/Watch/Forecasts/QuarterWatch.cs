using Plimsoll.Calibration.Simulation;
using Plimsoll.Core;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Watch.Forecasts;

namespace Plimsoll.Tests.Watch.Forecasts;

/// <summary>The production kernel, watched until a quarter of the tasks have ended: then the rest is forecast from what is known by then.</summary>
internal sealed class QuarterWatch(TaskBlock block, int places) : IScheduler
{
    private readonly Kernel kernel = new(new KernelStart(1, 1, default));
    private readonly TaskOutlook[] states = new TaskOutlook[block.Count];
    private readonly DateTimeOffset[] startedAt = new DateTimeOffset[block.Count];
    private readonly DurationOutlook durations = new();
    private readonly double[] expected = Expected(block);
    private DateTimeOffset? begun;
    private int ended;

    /// <summary>Seconds from the beginning to the quarter.</summary>
    public double QuarterSeconds { get; private set; }

    /// <summary>Made at the quarter.</summary>
    public DrainForecast? Forecast { get; private set; }

    /// <summary>What no plan knows: how long each task takes today but for its own noise, and how large that is.</summary>
    public required (double[] Seconds, double Noise) Truth { private get; init; }

    /// <summary>Made at the quarter by who knows the <see cref="Truth"/>: the least that noise costs any forecast.</summary>
    public DrainForecast? Best { get; private set; }

    public Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now)
    {
        Turn turn = kernel.Apply(inputs, now);
        begun ??= now;
        foreach (Fact fact in turn.Facts)
        {
            switch (fact)
            {
                case AttemptAdmitted one:
                    states[one.Attempt.Task.Ordinal] = TaskOutlook.Running;
                    startedAt[one.Attempt.Task.Ordinal] = now;
                    break;
                case AttemptFinished one when one.Next.HasEnded():
                    int task = one.Attempt.Task.Ordinal;
                    states[task] = TaskOutlook.Ended;
                    durations.Learn(ClassOf(task), expected[task], (now - startedAt[task]).TotalSeconds);
                    ended++;
                    break;
            }
        }

        if (Forecast is null && ended * 4 >= block.Count)
        {
            QuarterSeconds = (now - begun.Value).TotalSeconds;
            for (int task = 0; task < states.Length; task++)
            {
                if (states[task] == TaskOutlook.Running)
                {
                    durations.Observe(ClassOf(task), expected[task], (now - startedAt[task]).TotalSeconds);
                }
            }

            GraphOutlook outlook = Outlook(now);
            Forecast = DrainForecast.Of(outlook, places, durations.Spread());
            Best = DrainForecast.Of(outlook with { Seconds = Truth.Seconds }, places, Truth.Noise);
        }

        return turn;
    }

    public void Fold(Fact fact) => kernel.Fold(fact);

    public GuardView GuardOf(NodeId node) => kernel.GuardOf(node);

    public KernelSnapshot Line(DateTimeOffset now, int waiting) => kernel.Line(now, waiting);

    public Explanation Explain(TaskId task, DateTimeOffset now) => kernel.Explain(task, now);

    public IReadOnlyList<AttemptId> LiveAttempts() => kernel.LiveAttempts();

    /// <summary>What the plan says that each task takes: its rank less the largest of its dependants'.</summary>
    private static double[] Expected(TaskBlock block)
    {
        double[] after = new double[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            after[edge.From] = Math.Max(after[edge.From], block.Rank[edge.To]);
        }

        return [.. block.Rank.Select((rank, i) => Math.Max(0, rank - after[i]))];
    }

    private string ClassOf(int task) => block.Shapes[block.ShapeOf[task]].Class;

    private GraphOutlook Outlook(DateTimeOffset now) => new(
        [.. expected.Select((seconds, i) => durations.Seconds(ClassOf(i), seconds))],
        [.. states],
        [.. startedAt.Select((at, i) => states[i] == TaskOutlook.Running ? (now - at).TotalSeconds : 0)],
        [.. block.Edges.Select(static edge => (edge.From, edge.To))],
        block.Priority);
}
