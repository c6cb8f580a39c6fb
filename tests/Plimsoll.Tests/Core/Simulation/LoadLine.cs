using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Lifecycle;
using Xunit;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>The load line written down a second time, plainly and over all attempts: U + sum c + S + B &lt;= capacity after every start.</summary>
internal sealed class LoadLine(VirtualFleet fleet)
{
    private const double Rounding = 1 << 16;

    /// <summary>Starts that were held against it.</summary>
    public int Checked { get; private set; }

    public void Check(Turn turn)
    {
        KernelState state = fleet.Kernel.State;
        if (!turn.Facts.Any(fact => fact is AttemptAdmitted) || state.MemoryMode != MemoryMode.Sampled)
        {
            return;
        }

        double sum = 0, headroom = 0, largest = 0, mean = 0, variance = 0;
        Dictionary<ulong, long> shared = [];
        foreach (AttemptLease live in state.Node.Live)
        {
            double s = live.Footprint.Settled, b = live.Footprint.Burst, p = live.Footprint.Share, x = live.MeasuredBytes;
            bool bursting = x > s + (b / 10);
            sum += bursting ? Math.Max(x, s + b) : Math.Max(x, s);
            double h = bursting ? 0 : s + b - Math.Max(x, s);
            headroom += h;
            largest = Math.Max(largest, h);
            mean += p * h;
            variance += p * (1 - p) * h * h;
            if (live.Executable != 0)
            {
                shared[live.Executable] = Math.Max(shared.GetValueOrDefault(live.Executable), live.MappedBytes);
            }
        }

        double pool = Math.Min(headroom, Math.Max(largest, mean + (0.75 * Math.Sqrt(variance))));
        double total = state.Node.ForeignBytes + sum + shared.Values.Sum();
        double capacity = MemoryRule.CapacityBytes(state.Limits, state.Node.Sample);
        if (state.Node.Live.Count > 1)
        {
            total += pool;
        }

        Checked++;
        Assert.True(total <= capacity + Rounding, $"{total / (1 << 20):0} MiB by the load line, capacity {capacity / (1 << 20):0}; {state.Node.Live.Count} live, pool {pool / (1 << 20):0}");
    }
}
