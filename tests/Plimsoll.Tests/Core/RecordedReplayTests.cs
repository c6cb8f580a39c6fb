using Plimsoll.Core.Admission;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;
using Plimsoll.Tests.Core.Simulation;
using Plimsoll.Tests.Plans;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Core;

/// <summary>Recorded workflows replayed in virtual time, beside greedy longest-path-first list scheduling with known peaks held for life.</summary>
public sealed class RecordedReplayTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances");

    [Theory]
    [InlineData("airrflow-dirt02-001", 8, 4, 510)]
    [InlineData("airrflow-dirt02-001", 8, 8, 438)]
    [InlineData("bwa-chameleon-large-001", 8, 4, 6_668)]
    [InlineData("bwa-chameleon-large-001", 8, 8, 4_151)]
    [InlineData("bwa-chameleon-large-001", 16, 16, 2_751)]
    [InlineData("blast-chameleon-large-001", 8, 4, 52_045)]
    [InlineData("blast-chameleon-large-001", 8, 8, 22_526)]
    [InlineData("srasearch-chameleon-50a-001", 8, 4, 8_237)]
    public void With_known_sizes_the_makespan_is_that_of_the_reference(string file, int cores, int gibibytes, double reference)
    {
        TaskBlock block = Load(file);
        Dictionary<string, (double Seconds, long Bytes)> tasks = Measure(block);
        long capacity = (long)gibibytes << 30;
        var fleet = new VirtualFleet(new FixedConcurrency(1024, false, null, TimeSpan.Zero), capacity, cores)
        {
            Behaviour = (_, name) => SimulatedAttempt.Succeeds(tasks[name].Seconds),
        };
        fleet.AfterTurn = _ => Assert.True(fleet.Running.Sum(name => tasks[name].Bytes) <= capacity);
        fleet.Submit(block);
        double seconds = (fleet.Finish().Now - VirtualFleet.Start).TotalSeconds;

        TestContext.Current.SendDiagnosticMessage($"{file} ({cores}, {gibibytes}), known: {seconds:0} s, {seconds / reference:0.000} x the reference");
        Assert.True(seconds <= 1.05 * reference, $"{seconds:0} s, the reference takes {reference}");
    }

    [Theory]
    [InlineData("airrflow-dirt02-001", 8, 4, 510)]
    [InlineData("bwa-chameleon-large-001", 8, 4, 6_668)]
    [InlineData("blast-chameleon-large-001", 8, 4, 52_045)]
    [InlineData("srasearch-chameleon-50a-001", 8, 4, 8_237)]
    public void With_sizes_learned_from_a_first_pass_true_use_stays_below_the_limit(string file, int cores, int gibibytes, double reference)
    {
        TaskBlock block = Load(file);
        Dictionary<string, (double Seconds, long Bytes)> tasks = Measure(block);
        var fleet = new VirtualFleet(new AutoConcurrency(null, null, TimeSpan.Zero), null, cores);

        // What the reference may fill is the capacity; a reserve lies beside it.
        double reserve = gibibytes / 19.0;
        var host = new HostSimulation(gibibytes + reserve, fleet)
        {
            Script = name => new MemoryScript(tasks[name].Seconds, age => Math.Min(tasks[name].Bytes, (long)((age + 0.05) * (1L << 30)))),
            CalmStep = 1,
        };
        TaskBlock undeclared = Undeclared(block);
        fleet.Submit(undeclared);
        double first = host.Finish();
        int evictions = Evictions(host);
        fleet.Submit(undeclared);
        double second = host.Finish();

        string about = $"{file} ({cores}, {gibibytes}), learned: first {first / reference:0.00} x the reference ({evictions} evictions), "
            + $"second {second / reference:0.00} x ({Evictions(host) - evictions} evictions), peak {host.PeakBytes >> 20} of {host.Limit >> 20} MiB";
        TestContext.Current.SendDiagnosticMessage(about);
        Assert.True(host.Overcommitted == 0, about);
    }

    private static int Evictions(HostSimulation host) => host.Actions.Count(action => action.Kind == GuardActionKind.Evict);

    private static TaskBlock Load(string file)
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        string text = File.ReadAllText(Path.Combine(Folder, file + ".json"));
        CompileResult result = PlanCompiler.Compile(new PlanSource(file, text, PlanFormat.WfCommons, new WfCommonsOptions()), PlimsollConfiguration.Default);
        return result.Plan!.Block;
    }

    /// <summary>A task's own time is its rank less the largest of its dependants.</summary>
    private static Dictionary<string, (double Seconds, long Bytes)> Measure(TaskBlock block)
    {
        double[] after = new double[block.Count];
        foreach (TaskEdge edge in block.Edges)
        {
            after[edge.From] = Math.Max(after[edge.From], block.Rank[edge.To]);
        }

        return Enumerable.Range(0, block.Count).ToDictionary(
            i => block.Names[i], i => (block.Rank[i] - after[i], block.Shapes[block.ShapeOf[i]].Memory?.Value ?? 0), StringComparer.Ordinal);
    }

    private static TaskBlock Undeclared(TaskBlock block) =>
        block with { Shapes = [.. block.Shapes.Select(shape => shape with { Memory = (Bytes?)null })] };
}
