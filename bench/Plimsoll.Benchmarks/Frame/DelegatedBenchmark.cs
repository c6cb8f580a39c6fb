namespace Plimsoll.Benchmarks.Frame;

/// <summary>A benchmark that prints its own verdict.</summary>
internal sealed record DelegatedBenchmark(string Verb, string Question, string Control, string Rivals, Action<BenchmarkOptions> Body) : IBenchmark
{
    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        Body(options);
        return null;
    }
}
