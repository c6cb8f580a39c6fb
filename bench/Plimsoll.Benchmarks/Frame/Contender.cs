namespace Plimsoll.Benchmarks.Frame;

/// <summary>One way to do the work.</summary>
/// <param name="Items">How many items one measurement handles.</param>
/// <param name="Measure">Does the work once and returns the time it took.</param>
internal sealed record Contender(string Name, int Items, Func<TimeSpan> Measure);
