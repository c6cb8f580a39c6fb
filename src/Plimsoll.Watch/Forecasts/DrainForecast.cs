namespace Plimsoll.Watch.Forecasts;

/// <summary>When the last of some tasks will have ended.</summary>
/// <param name="Seconds">From now; the middle of what may come.</param>
/// <param name="Low">A tenth of what may come falls below.</param>
/// <param name="High">A tenth of what may come lies above.</param>
/// <remarks>
/// List scheduling of what is left on the places there are, in the kernel's order: priority, then the longest chain (R. L. Graham, "Bounds on multiprocessing timing anomalies", 1969),
/// repeated with durations drawn around what is expected (log-normal). With single expected durations the end of a wide stage would be told too early: it is the
/// longest of many.
/// </remarks>
public sealed record DrainForecast(double Seconds, double Low, double High)
{
    /// <summary>Tasks beyond this number are not scheduled one by one but reckoned by their sum and their longest chain.</summary>
    public const int MostTasks = 200_000;

    private const int MostDraws = 25;
    private const double MostSpread = 1.5;

    /// <param name="places">Tasks that run at once, at least 1.</param>
    /// <param name="spread">Standard deviation of the logarithm of durations.</param>
    public static DrainForecast Of(GraphOutlook graph, int places, double spread)
    {
        int open = graph.State.Count(static state => state != TaskOutlook.Ended);
        if (open == 0)
        {
            return new DrainForecast(0, 0, 0);
        }

        spread = Math.Clamp(spread, 0, MostSpread);
        int draws = spread == 0 ? 1 : Math.Clamp(2 * MostTasks / open, 1, MostDraws);
        var random = new Random(1);
        double[] ends = [.. Enumerable.Range(0, draws).Select(_ => End(graph, Math.Max(1, places), draws == 1 ? 0 : spread, random)).Order()];
        return new DrainForecast(ends[draws / 2], ends[draws / 10], ends[draws - 1 - (draws / 10)]);
    }

    private static double End(GraphOutlook graph, int places, double spread, Random random)
    {
        double[] left = [.. graph.Seconds.Select((seconds, i) => Left(graph, i, seconds, spread, random))];
        double[] chain = ChainSchedule.Chains(graph, left);
        double longest = chain.Max();
        return graph.Seconds.Length <= MostTasks
            ? ChainSchedule.Makespan(graph, left, chain, places)
            : Math.Max(longest, (left.Sum() / places) + (longest * (1 - (1.0 / places)) / 2));
    }

    private static double Left(GraphOutlook graph, int task, double seconds, double spread, Random random)
    {
        if (graph.State[task] == TaskOutlook.Ended)
        {
            return 0;
        }

        // What runs has lasted for so long already: drawn again until it does.
        double elapsed = graph.State[task] == TaskOutlook.Running ? graph.ElapsedSeconds[task] : 0;
        for (int tried = 0; tried < 8; tried++)
        {
            double drawn = spread == 0 ? seconds : seconds * Math.Exp(spread * Normal(random));
            if (drawn > elapsed)
            {
                return drawn - elapsed;
            }
        }

        // Far over its time it may end at any moment; a tenth of what it took is the forecast with the least regret.
        return 0.1 * elapsed;
    }

    /// <summary>G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates" (1958).</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
