using Plimsoll.Core.Lifecycle;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Plans;

/// <summary>Compiles and renders plans for tests.</summary>
internal static class PlanText
{
    public const string Executable = "/opt/plimsoll";

    public static CompileResult Compile(string text, PlimsollConfiguration? configuration = null, PlanFormat format = PlanFormat.Yaml) =>
        PlanCompiler.Compile(new PlanSource("plan.yaml", text, format), configuration ?? PlimsollConfiguration.Default);

    public static CompiledPlan Good(string text, PlimsollConfiguration? configuration = null)
    {
        CompileResult result = Compile(text, configuration);
        Assert.Empty(result.Diagnostics);
        return result.Plan!;
    }

    /// <summary>The only diagnostic of a plan.</summary>
    public static PlanDiagnostic Single(string text, PlimsollConfiguration? configuration = null) => Assert.Single(Compile(text, configuration).Diagnostics);

    public static string[] Names(CompiledPlan plan) => [.. Enumerable.Range(0, plan.Block.Count).Select(i => plan.Block.Names[i])];

    public static int IndexOf(CompiledPlan plan, string name) => Array.IndexOf(Names(plan), name);

    public static string[] Edges(CompiledPlan plan) =>
        [.. plan.Block.Edges.Select(e => $"{plan.Block.Names[e.From]} {(e.Soft ? "~>" : "->")} {plan.Block.Names[e.To]}")];

    public static RenderResult Render(CompiledPlan plan, string name, FakeValues? values = null) =>
        TaskRenderer.Create(plan.Document, Executable).Render(IndexOf(plan, name), name, values ?? new FakeValues());

    public static RenderedTask Rendered(CompiledPlan plan, string name, FakeValues? values = null)
    {
        RenderResult result = Render(plan, name, values);
        Assert.Null(result.Error);
        return result.Task!;
    }

    public static PlimsollConfiguration Configured(string yaml)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, ConfigurationLoader.FileName), yaml);
        ConfigurationResult result = ConfigurationLoader.Load(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), []);
        Assert.Empty(result.Diagnostics);
        return result.Configuration;
    }

    /// <summary>Outputs and outcomes by <c>task.key</c> and task.</summary>
    internal sealed class FakeValues : ITaskValues
    {
        public Dictionary<string, string> Outputs { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, TaskState> Outcomes { get; } = new(StringComparer.Ordinal);

        public string? Output(string need, string key) => Outputs.GetValueOrDefault($"{need}.{key}");

        public TaskState? Outcome(string need) => Outcomes.TryGetValue(need, out TaskState state) ? state : null;
    }

    internal sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("plimsoll-plans-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
