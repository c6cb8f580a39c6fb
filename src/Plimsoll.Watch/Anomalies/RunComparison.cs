using System.Collections.Immutable;

namespace Plimsoll.Watch.Anomalies;

/// <summary>What of a run differs from its predecessors.</summary>
/// <param name="Name">A task, or a class of tasks.</param>
/// <param name="Value">In this run.</param>
/// <param name="Usual">Median over the predecessors.</param>
/// <param name="Predecessors">How many there were.</param>
/// <param name="Deviations">Distance in robust standard deviations of the predecessors.</param>
public sealed record RunComparison(string Name, string Measure, double Value, double Usual, int Predecessors, double Deviations)
{
    private const int Fewest = 3;
    private const double Deviating = 3.5;
    private const double Factor = 1.3;

    /// <summary>How many times the usual; 1 where both are 0.</summary>
    public double Ratio => Usual > 0 ? Value / Usual : Value > 0 ? double.PositiveInfinity : 1;

    /// <summary>One line: <c>build took 2.1x as long as in its last 10 runs</c>.</summary>
    public string Describe() => Measure switch
    {
        "duration" => $"{Name} took {Ratio:0.#}x as long as in its last {Predecessors} runs",
        "memory" => $"{Name} held {Ratio:0.#}x the memory of its last {Predecessors} runs",
        "attempts" => $"{Name} needed {Ratio:0.#}x the attempts of its last {Predecessors} runs",
        _ => $"{Name} cost {Ratio:0.#}x as much as in its last {Predecessors} runs",
    };

    /// <summary>What differs by more than chance: at least 30 % and 3.5 robust standard deviations (Iglewicz and Hoaglin, 1993), the most first.</summary>
    /// <param name="now">Values of this run by name.</param>
    /// <param name="before">The same of each predecessor, at least 3 of which must have the name.</param>
    public static ImmutableArray<RunComparison> Find(string measure, IReadOnlyDictionary<string, double> now, IReadOnlyList<IReadOnlyDictionary<string, double>> before)
    {
        var found = new List<RunComparison>();
        foreach ((string name, double value) in now)
        {
            double[] values = [.. before.Where(run => run.ContainsKey(name)).Select(run => run[name])];
            if (values.Length < Fewest || Judge(name, measure, value, values) is not { } odd)
            {
                continue;
            }

            found.Add(odd);
        }

        return [.. found.OrderByDescending(static one => Math.Abs(Math.Log(Math.Clamp(one.Ratio, 1e-6, 1e6)))).ThenBy(static one => one.Name, StringComparer.Ordinal)];
    }

    private static RunComparison? Judge(string name, string measure, double value, double[] before)
    {
        double usual = Robust.Median(before);

        // Predecessors that hardly differ would make any difference odd: 5 % of the level is the least deviation.
        double deviation = Math.Max(Robust.MadScale * Robust.Mad(before), Math.Max(1e-9, 0.05 * Math.Abs(usual)));
        var one = new RunComparison(name, measure, value, usual, before.Length, (value - usual) / deviation);
        return Math.Abs(one.Deviations) >= Deviating && (one.Ratio >= Factor || one.Ratio <= 1 / Factor) ? one : null;
    }
}
