namespace Plimsoll.Benchmarks.Frame;

/// <summary>Runs contenders in turn, round after round, each round starting with the next one.</summary>
internal static class Interleaved
{
    public static IReadOnlyList<Measurement> Run(IReadOnlyList<Contender> contenders, int rounds, TextWriter output)
    {
        List<double>[] rates = [.. contenders.Select(_ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contenders.Count; turn++)
            {
                int at = (turn + round) % contenders.Count;
                rates[at].Add(contenders[at].Items / contenders[at].Measure().TotalSeconds);
            }
        }

        Measurement[] results = [.. contenders.Select((contender, at) => new Measurement(contender.Name, rates[at]))];
        foreach (Measurement result in results)
        {
            output.WriteLine($"  {result.Name,-28} {result.Median,12:N0} /s   spread {result.Spread,6:P0}   rounds {string.Join(' ', result.ItemsPerSecond.Select(rate => rate.ToString("N0")))}");
        }

        return results;
    }
}
