using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Stress;

/// <summary>The cells to measure, row by row: one pair of limits with more and more jobs.</summary>
public sealed record StressMatrix(IReadOnlyList<int> Agents, IReadOnlyList<Bytes?> Memory, IReadOnlyList<double?> Cores)
{
    public static IReadOnlyList<int> DefaultAgents { get; } = [1, 2, 4, 6, 8];

    public static IReadOnlyList<Bytes?> DefaultMemory { get; } = [.. new[] { 2, 4, 6, 8 }.Select(static size => (Bytes?)new Bytes((long)size << 30))];

    public static IReadOnlyList<double?> DefaultCores { get; } = [0.5, 1, 2, null];

    public IEnumerable<IReadOnlyList<StressCell>> Rows() =>
        from memory in Memory
        from cores in Cores
        select (IReadOnlyList<StressCell>)[.. Agents.Order().Select(agents => new StressCell(agents, memory, cores))];
}
