using System.Globalization;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Guarding;
using Plimsoll.Tests.Core.Simulation;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core;

/// <summary>How much the load line costs beside the best fixed width that never overcommits, which nobody can know beforehand.</summary>
public sealed class LoadLineQualityTests
{
    /// <summary>How far one seed may lie above what is allowed on average.</summary>
    private const double WorstBeyondMean = 1.25;

    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("bursty", 1.1)]
    [InlineData("late", 1.05)]
    [InlineData("ramps", 1.6)]
    [InlineData("mixed", 1.25)]
    public void Once_learned_the_makespan_is_near_that_of_the_best_fixed_width_and_nothing_is_evicted(string load, double meanAtMost)
    {
        List<double> ratios = [];
        for (int seed = 0; seed < TestLevel.Count(3, 6, 30); seed++)
        {
            Dictionary<string, MemoryScript> scripts = SimulatedLoads.Of(load, new Random(seed), out BlockBuilder block);
            var fleet = new VirtualFleet(Auto);
            var host = new HostSimulation(16, fleet) { Script = name => scripts[name] };
            fleet.Submit(block);
            double first = host.Finish();
            int firstEvictions = Evictions(host);
            double firstFrozen = host.FrozenSeconds;
            fleet.Submit(block);
            double second = host.Finish();
            (int width, double best) = BestWidth(scripts, block);
            string about = $"{load}, seed {seed}: best width {width}: {best:0} s; first {first / best:0.00} x ({firstEvictions} evictions, {firstFrozen:0} s frozen), "
                + $"second {second / best:0.00} x ({Evictions(host) - firstEvictions} evictions, {host.FrozenSeconds - firstFrozen:0} s frozen), second/first {second / first:0.00}, {fleet.Kernel.State.Queues.Classes.First().Value.Profile.Footprint}";
            TestContext.Current.SendDiagnosticMessage(about);
            ratios.Add(second / best);
            Assert.True(second <= WorstBeyondMean * meanAtMost * best && Evictions(host) == firstEvictions && host.Overcommitted == 0, about);
        }

        Assert.True(ratios.Average() <= meanAtMost, $"{load}: {string.Join(' ', ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))}");
    }

    private static int Evictions(HostSimulation host) => host.Actions.Count(action => action.Kind == GuardActionKind.Evict);

    private static (int Width, double Seconds) BestWidth(Dictionary<string, MemoryScript> scripts, BlockBuilder block)
    {
        (int, double) best = (0, double.MaxValue);
        for (int width = 2; width <= 40; width++)
        {
            var fleet = new VirtualFleet(new FixedConcurrency(width, false, null, TimeSpan.Zero));
            var host = new HostSimulation(16, fleet) { Script = name => scripts[name] };
            fleet.Submit(block);
            double seconds = host.Finish();
            if (host.Overcommitted == 0 && seconds < best.Item2)
            {
                best = (width, seconds);
            }
        }

        return best;
    }
}
