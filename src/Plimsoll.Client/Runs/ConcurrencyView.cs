namespace Plimsoll.Client.Runs;

/// <summary>How many tasks run, and how many may.</summary>
/// <param name="Limit">Null = no fixed number (<c>auto</c>).</param>
public sealed record ConcurrencyView(int Now, int? Limit);
