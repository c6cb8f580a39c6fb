using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.WfCommons;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class WfCommonsTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances");

    [Theory]
    [InlineData("airrflow-dirt02-001.json", 212, 327, 1_150_889_984)]
    [InlineData("bwa-chameleon-large-001.json", 1004, 4000, 1_788_000_000)]
    [InlineData("blast-chameleon-large-001.json", 103, 300, 1_253_000_000)]
    [InlineData("srasearch-chameleon-50a-001.json", 104, -1, 412_098_560)]
    public void A_recorded_workflow_loads_with_its_units(string file, int tasks, int edges, long largest)
    {
        CompiledPlan plan = Load(file, new WfCommonsOptions());
        Assert.Equal(tasks, plan.Block.Count);
        Assert.True(edges < 0 || plan.Block.Edges.Length == edges, $"{plan.Block.Edges.Length} edges");
        Assert.Equal(largest, plan.Block.Shapes.Max(s => s.Memory!.Value.Value));
        Assert.All(plan.Block.Shapes, s => Assert.Equal(1, s.Cpu));
    }

    [Fact]
    public void Time_memory_and_capacity_are_scaled_together()
    {
        CompiledPlan plan = Load("bwa-chameleon-large-001.json", new WfCommonsOptions(0.001, 1.0 / 16, false, new Bytes(4L << 30), 8));
        Assert.Equal(new NodeCapacity(new Bytes(256 << 20), 8), plan.Capacity);
        int index = PlanText.IndexOf(plan, "bwa_ID000006");
        Assert.Equal("bwa", plan.Block.Shapes[plan.Block.ShapeOf[index]].Class);
        Assert.Equal(new Bytes(81_000_000 / 16), plan.Block.Shapes[plan.Block.ShapeOf[index]].Memory);
        Assert.Equal([PlanText.Executable, "burn", "--memory", "5062500", "--seconds", "0.007621"], PlanText.Rendered(plan, "bwa_ID000006").Arguments);
        Assert.True(plan.Block.Rank.Max() > 1.13f && plan.Block.Rank.Max() < 3);
    }

    [Fact]
    public void As_noop_the_time_is_kept_without_a_process()
    {
        CompiledPlan plan = Load("bwa-chameleon-large-001.json", new WfCommonsOptions(0.001, AsNoop: true));
        Assert.Equal(7.621421, PlanText.Rendered(plan, "bwa_ID000006").Duration!.Value.TotalMilliseconds, 0.001);
    }

    [Fact]
    public void A_task_above_the_capacity_is_refused()
    {
        CompileResult result = Compile("bwa-chameleon-large-001.json", new WfCommonsOptions(Capacity: new Bytes(1L << 30)));
        Assert.Contains(result.Diagnostics, d => d.Message.Contains("can never start", StringComparison.Ordinal) && d.Line > 1);
    }

    [Fact]
    public void Old_formats_ids_with_slashes_and_missing_samples_are_accepted()
    {
        CompileResult result = PlanCompiler.Compile(
            new PlanSource(
                "old.json",
                """
                {"name":"old","wms":{"name":"Nextflow"},"workflow":{"tasks":[
                  {"name":"a/b:c (1)","runtimeInSeconds":0,"memoryInBytes":0,"parents":[],"children":["x_2"]},
                  {"name":"x_2","runtimeInSeconds":4,"memoryInBytes":1000,"cores":2,"parents":[]},
                  {"name":"x_3","runtimeInSeconds":0,"memoryInBytes":0,"parents":["a/b:c (1)"]}]}}
                """,
                PlanFormat.WfCommons),
            PlimsollConfiguration.Default);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["a/b:c (1) -> x_2", "a/b:c (1) -> x_3"], PlanText.Edges(result.Plan!));
        Assert.Equal([PlanText.Executable, "burn", "--seconds", "0"], PlanText.Rendered(result.Plan!, "a/b:c (1)").Arguments);
        Assert.Equal([PlanText.Executable, "burn", "--memory", "1000", "--seconds", "4"], PlanText.Rendered(result.Plan!, "x_3").Arguments);
    }

    [Theory]
    [InlineData("1/1000", 0.001)]
    [InlineData("0.5", 0.5)]
    [InlineData("2", 2)]
    public void A_scale_is_a_number_or_a_fraction(string text, double expected)
    {
        Assert.True(WfCommonsOptions.TryParseScale(text, out double scale));
        Assert.Equal(expected, scale);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("fast")]
    [InlineData("")]
    public void A_scale_that_makes_no_sense_is_refused(string text) => Assert.False(WfCommonsOptions.TryParseScale(text, out _));

    private static CompileResult Compile(string file, WfCommonsOptions options)
    {
        Component.RequirePath(Folder, "recorded workflows in ../shared/data/wfinstances");
        return PlanCompiler.Compile(new PlanSource(file, File.ReadAllText(Path.Combine(Folder, file)), PlanFormat.WfCommons, options), PlimsollConfiguration.Default);
    }

    private static CompiledPlan Load(string file, WfCommonsOptions options)
    {
        CompileResult result = Compile(file, options);
        Assert.Empty(result.Diagnostics);
        return result.Plan!;
    }
}
