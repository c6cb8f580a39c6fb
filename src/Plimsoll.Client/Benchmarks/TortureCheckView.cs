namespace Plimsoll.Client.Benchmarks;

/// <summary>A target of a benchmark.</summary>
/// <param name="Met">Null = what it is compared with was not measured.</param>
public sealed record TortureCheckView(string What, string Measured, bool? Met);
