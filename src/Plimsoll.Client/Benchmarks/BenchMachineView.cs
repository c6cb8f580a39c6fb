namespace Plimsoll.Client.Benchmarks;

/// <summary>Where it was measured.</summary>
/// <param name="Protected">Bytes that all jobs together could hold; null = nobody enforced it.</param>
public sealed record BenchMachineView(string System, int Cores, long MemoryBytes, long? Protected);
