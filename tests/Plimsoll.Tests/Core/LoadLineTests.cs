using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Tests.Core.Simulation;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core;

/// <summary>Kernel and guard together on a host with true memory.</summary>
public sealed class LoadLineTests
{
    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("bursty")]
    [InlineData("late")]
    [InlineData("ramps")]
    [InlineData("tiny")]
    [InlineData("mixed")]
    [InlineData("foreign")]
    public void True_use_never_exceeds_the_host_and_everything_ends(string load)
    {
        for (int seed = 0; seed < TestLevel.Count(3, 30, 300); seed++)
        {
            var random = new Random(seed);
            var fleet = new VirtualFleet(Auto);
            var host = new HostSimulation(16, fleet);
            if (load == "foreign")
            {
                host.Foreign = seconds => (long)((2 + (2 * Math.Sin(seconds / 20))) * (1L << 30));
            }

            var line = new LoadLine(fleet);
            var invariants = new KernelInvariants(fleet);
            Action<Turn> take = fleet.AfterTurn!;
            fleet.AfterTurn = turn =>
            {
                take(turn);
                line.Check(turn);
                if (turn.Facts.Count > 0)
                {
                    invariants.Check(turn);
                }
            };

            Dictionary<string, MemoryScript> scripts = SimulatedLoads.Of(load, random, out BlockBuilder block);
            host.Script = name => scripts[name];
            fleet.Submit(block);
            double seconds = host.Finish();

            string about = $"{load}, seed {seed}: {seconds:0} s, peak {host.PeakBytes >> 20} MiB, {host.MostLive} wide, "
                + $"{host.Actions.Count(action => action.Kind == GuardActionKind.Freeze)} freezes, {host.Actions.Count(action => action.Kind == GuardActionKind.Evict)} evictions";
            TestContext.Current.SendDiagnosticMessage(about);
            Assert.True(host.Overcommitted == 0, about);
            Assert.True(line.Checked > 0, about);
            Assert.All(scripts.Keys, name => Assert.Equal(TaskState.Succeeded, fleet.State(name)));
            var replayed = new Kernel(new KernelStart(1, 1, default(RunId)));
            fleet.Facts.ForEach(replayed.Fold);
            Assert.Equal(StateDigest.Of(fleet.Kernel, fleet.Now), StateDigest.Of(replayed, fleet.Now));
        }
    }
}
