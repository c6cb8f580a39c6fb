using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Loads;
using Plimsoll.Calibration.Simulation.Machines;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Recommendations;

/// <summary>How many jobs of one kind a host carries.</summary>
public static class SafeConcurrency
{
    public const int Most = 1024;
    private const double OverFormula = 4;

    /// <summary>Hosts that a decision table shows.</summary>
    public static IReadOnlyList<long> Hosts { get; } = [16L << 30, 32L << 30, 64L << 30, 128L << 30];

    /// <param name="reserve">Null = the default of a host of that size.</param>
    public static HostRow Of(JobNeeds needs, long totalBytes, long? reserve, TimeProvider clock, CancellationToken cancellationToken)
    {
        long kept = reserve ?? KernelLimits.Default.ReserveOf(new Bytes(totalBytes)).Value;
        int formula = ByFormula(totalBytes, kept, needs.LimitBytes);
        return new HostRow(totalBytes, kept, formula, ByLoadLine(needs, totalBytes, kept, formula, clock, cancellationToken));
    }

    public static int ByFormula(long totalBytes, long reserveBytes, long perTaskBytes) =>
        (int)Math.Clamp((totalBytes - reserveBytes) / Math.Max(1, perTaskBytes), 1, Most);

    /// <summary>The production kernel, in virtual time, with jobs as they were measured, once their class is known.</summary>
    private static int ByLoadLine(JobNeeds needs, long totalBytes, long reserveBytes, int formula, TimeProvider clock, CancellationToken cancellationToken)
    {
        int tasks = (int)Math.Min(Most, 8 + (OverFormula * formula));
        double share = Math.Clamp(needs.BurstShare, 0, 1);
        GeneratedShape shape = GeneratedShape.Default with
        {
            Tasks = tasks,
            Classes = 1,
            Width = tasks,
            Seconds = Math.Max(10, needs.WallSeconds),
            MemoryBytes = needs.SettledBytes,
            BurstBytes = share > 0 ? Math.Max(0, needs.PeakBytes - needs.SettledBytes) : 0,
            BurstShare = share,
            Cpu = 0,
            Spread = 0,
        };
        SimulatedLoad load = LoadGenerator.Make(shape, 1).WithoutSizes();
        var node = new SimulatedNode(totalBytes, null, []);
        var options = new SimulationOptions([node], SimulatedPolicy.LoadLine) { Passes = 2, Reserve = new Bytes(reserveBytes) };
        SimulationRun run = new FleetSimulation(load, options).Run(clock, null, cancellationToken);
        return (int)Math.Clamp(Math.Max(1, run.MostLive), 1, Most);
    }
}
