namespace Plimsoll.Client.Reports;

/// <summary>One measure of a run beside earlier runs.</summary>
/// <param name="Subject">The whole run, a class or a task.</param>
/// <param name="Measure"><c>duration</c>, <c>attempts</c>, <c>memory</c> or <c>cost</c>.</param>
/// <param name="Value">In this run: seconds, attempts, bytes or US dollars.</param>
/// <param name="Usual">Median of the earlier runs.</param>
/// <param name="Ratio">The one by the other; absent when the usual is 0.</param>
/// <param name="Deviations">Robust standard deviations between them.</param>
/// <param name="Differs">By more than chance: at least 30 % and 3.5 robust standard deviations.</param>
/// <param name="Text">The same in one line.</param>
public sealed record ComparisonView(string Subject, string Measure, double Value, double Usual, double? Ratio, int Runs, double Deviations, bool Differs, string Text);
