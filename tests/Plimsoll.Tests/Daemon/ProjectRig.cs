using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Daemon;

/// <summary>A project in a temporary folder, worked on through the façade the command line uses.</summary>
internal sealed class ProjectRig : IDisposable
{
    private static readonly RecordingOptions NoRecording = new(1, 1, null, null, false);

    public ProjectRig(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("plimsoll-project-").FullName;
        Project = Open();
    }

    public string Folder { get; }

    public Project Project { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The same project as another process would open it.</summary>
    public Project Open(TimeProvider? time = null)
    {
        var options = new ProjectOptions(Folder, null, null, new Dictionary<string, string>(StringComparer.Ordinal));
        return Value(Project.Open(options, time ?? TimeProvider.System));
    }

    public async Task<RunSession> StartAsync(string plan) => Value(await Project.StartRunAsync(Request(plan), Token));

    /// <summary>Runs a plan to its end.</summary>
    public async Task<SummaryView> RunAsync(string plan)
    {
        await using RunSession session = await StartAsync(plan);
        return await EndAsync(session);
    }

    public static async Task<SummaryView> EndAsync(RunSession session) =>
        Value(await session.Completion.WaitAsync(TimeSpan.FromMinutes(1), Token));

    public static RunRequest Request(string plan) => new(
        new PlanRequest("plan.yaml", plan, PlanFormat.Yaml, NoRecording),
        new Dictionary<string, string>(StringComparer.Ordinal),
        null,
        Direct: false,
        Force: false);

    public static T Value<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.TryGet(out T? value, out Refusal? refusal), $"{refusal?.Message} {string.Join("; ", refusal?.Diagnostics.Select(found => found.Message) ?? [])}");
        return value;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
