namespace Plimsoll.Benchmarks.Frame;

/// <summary>Compares a figure with its budget and prints both.</summary>
internal static class Budget
{
    /// <summary>Above this spread of the control nothing is concluded.</summary>
    public const double SteadySpread = 0.25;

    public static Verdict AtLeast(string what, double measured, double budget, TextWriter output) =>
        Say(what, measured, ">=", budget, measured >= budget, output);

    public static Verdict AtMost(string what, double measured, double budget, TextWriter output) =>
        Say(what, measured, "<=", budget, measured <= budget, output);

    /// <summary>Missed when any is missed, unless the control was not steady.</summary>
    public static Verdict Of(Measurement control, TextWriter output, params IReadOnlyList<Verdict> verdicts)
    {
        if (control.Spread > SteadySpread)
        {
            output.WriteLine($"  the control '{control.Name}' spread by {control.Spread:P0}, more than {SteadySpread:P0}: the machine is not quiet");
            return Verdict.Inconclusive;
        }

        return verdicts.Contains(Verdict.Missed) ? Verdict.Missed : verdicts.Contains(Verdict.Inconclusive) ? Verdict.Inconclusive : Verdict.Met;
    }

    private static Verdict Say(string what, double measured, string relation, double budget, bool met, TextWriter output)
    {
        output.WriteLine($"  {(met ? "met   " : "MISSED")} {what}: {measured:0.###} (budget {relation} {budget:0.###})");
        return met ? Verdict.Met : Verdict.Missed;
    }
}
