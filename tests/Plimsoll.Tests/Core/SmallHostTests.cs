using Plimsoll.Core.Admission;
using Plimsoll.Core.Guarding;
using Plimsoll.Tests.Core.Simulation;
using Xunit;
using static Plimsoll.Tests.Core.Simulation.FleetMemory;

namespace Plimsoll.Tests.Core;

/// <summary>Agents as they were measured, on hosts that are too small for all of them.</summary>
public sealed class SmallHostTests
{
    private static readonly AutoConcurrency Auto = new(null, null, TimeSpan.FromSeconds(3));

    [Fact]
    public void Twenty_four_agents_of_116_MiB_with_235_shared_run_eight_wide_in_1229()
    {
        // Each holds 116 MiB after a second, waits three for its model and ends; 8 wide that takes three waves of five seconds.
        MemoryScript agent = MemoryScript.Steady(5, 116, 1) with { Mapped = 235L << 20, Executable = 7, StartCpuSeconds = 0.6 };
        var fleet = new VirtualFleet(Auto, cores: 4);
        var host = new HostSimulation(1_229 / 1_024.0, fleet) { Script = _ => agent };
        fleet.Submit(Many(24));
        double first = host.Finish();
        fleet.Submit(Many(24));
        double second = host.Finish();

        string about = $"first {first / 15:0.00} x eight wide, second {second / 15:0.00} x, peak {host.PeakBytes >> 20} of 1229 MiB, {host.MostLive} wide";
        TestContext.Current.SendDiagnosticMessage(about);
        Assert.True(host.Overcommitted == 0 && host.MostLive <= 9, about);
        Assert.True(first <= 1.5 * 15 && second <= 1.1 * 15, about);
        Assert.DoesNotContain(host.Actions, action => action.Kind == GuardActionKind.Evict);
    }

    [Fact]
    public void A_mixture_of_three_agents_is_finished_in_1536()
    {
        Dictionary<string, MemoryScript> agents = new(StringComparer.Ordinal)
        {
            ["claude"] = MemoryScript.Steady(5, 116, 1) with { Mapped = 235L << 20, Executable = 7 },
            ["codex"] = MemoryScript.Steady(5, 34, 0.5) with { Mapped = 121L << 20, Executable = 8 },
            ["opencode"] = MemoryScript.Bursty(6, 447, 529, 3, 4, 1) with { Mapped = 88L << 20, Executable = 9 },
        };
        var fleet = new VirtualFleet(Auto, cores: 4);
        var host = new HostSimulation(1.5, fleet) { Script = name => agents[name.TrimEnd("0123456789".ToCharArray())] };
        double first = Run();
        double second = Run();

        string about = $"first {first:0} s, second {second:0} s, peak {host.PeakBytes >> 20} of 1536 MiB, {host.Actions.Count(action => action.Kind == GuardActionKind.Evict)} evictions, {host.FrozenSeconds:0} s frozen";
        TestContext.Current.SendDiagnosticMessage(about);
        Assert.True(host.Overcommitted == 0, about);
        Assert.True(second <= first, about);

        double Run()
        {
            fleet.Submit(Many(8, "claude"));
            fleet.Submit(Many(8, "codex"));
            fleet.Submit(Many(6, "opencode"));
            return host.Finish();
        }
    }
}
