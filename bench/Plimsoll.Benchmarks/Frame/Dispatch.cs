namespace Plimsoll.Benchmarks.Frame;

/// <summary>Starts the benchmark that the first word names.</summary>
internal static class Dispatch
{
    private const int UsageError = 2;

    public static int Run(IReadOnlyList<string> words, TextWriter output)
    {
        if (words.Count == 0 || words[0] is "--list" or "--help" or "-h")
        {
            List(output);
            return words.Count == 0 ? UsageError : 0;
        }

        IBenchmark? benchmark = Catalogue.All.FirstOrDefault(candidate => candidate.Verb == words[0]);
        if (benchmark is null)
        {
            output.WriteLine($"No benchmark '{words[0]}'. There are: {string.Join(", ", Catalogue.All.Select(candidate => candidate.Verb))}");
            return UsageError;
        }

        output.WriteLine($"{benchmark.Verb}: {benchmark.Question}");
        output.WriteLine($"control: {benchmark.Control}");
        output.WriteLine($"rivals:  {benchmark.Rivals}");
        BenchmarkOptions options = new([.. words.Skip(1)]);
        Verdict? verdict = benchmark.Run(options, output);
        if (options.Text("report", "") is { Length: > 0 } file)
        {
            MeasuredReport.Write(file, benchmark.Verb, options.Measured);
            output.WriteLine($"report:  {file}; plimsoll bench compare BEFORE AFTER tells whether it became slower");
        }

        if (verdict is not null)
        {
            output.WriteLine($"verdict: {verdict}");
        }

        return verdict == Verdict.Missed ? 1 : 0;
    }

    private static void List(TextWriter output)
    {
        foreach (IBenchmark benchmark in Catalogue.All)
        {
            output.WriteLine($"{benchmark.Verb,-10} {benchmark.Question}");
            output.WriteLine($"{"",-10} control: {benchmark.Control}");
            output.WriteLine($"{"",-10} rivals:  {benchmark.Rivals}");
        }
    }
}
