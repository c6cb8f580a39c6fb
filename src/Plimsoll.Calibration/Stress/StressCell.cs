using System.Globalization;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Stress;

/// <summary>So many jobs at the same time, each with these limits.</summary>
/// <param name="Memory">Null = not limited.</param>
/// <param name="Cores">Null = not limited.</param>
public readonly record struct StressCell(int Agents, Bytes? Memory, double? Cores)
{
    /// <summary>Names it in reports and when a matrix is resumed.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Agents}x{(Memory is { } memory ? $"{memory.Value >> 20}M" : "unlimited")}x{(Cores is { } cores ? cores.ToString("0.##", CultureInfo.InvariantCulture) : "unlimited")}");
}
