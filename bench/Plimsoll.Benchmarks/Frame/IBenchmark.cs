namespace Plimsoll.Benchmarks.Frame;

/// <summary>A measurement that states its question before it answers it.</summary>
internal interface IBenchmark
{
    /// <summary>The word that starts it.</summary>
    string Verb { get; }

    string Question { get; }

    /// <summary>What must stay put, or must fail, for the answer to mean anything.</summary>
    string Control { get; }

    /// <summary>What it is compared with, in the same run.</summary>
    string Rivals { get; }

    /// <summary>Measures, prints, and says whether the budget is met; null = it printed its own verdict.</summary>
    Verdict? Run(BenchmarkOptions options, TextWriter output);
}
