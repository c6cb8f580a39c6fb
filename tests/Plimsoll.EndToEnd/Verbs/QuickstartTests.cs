using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>The first things a new user does.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task The_quickstart_plan_runs_to_its_end()
    {
        using TemporaryProject project = new();
        project.Write("quickstart.yaml", RepositoryFiles.Read("examples/quickstart.yaml"));

        ProcessResult run = (await project.PlimsollAsync("run", "quickstart.yaml")).Ended(0);

        Assert.Contains("Ahoy, Grace!", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("everyone was greeted", run.Stdout, StringComparison.Ordinal);
        Assert.All(await project.TasksAsync("1"), task => Assert.Equal("succeeded", task.State));
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task The_launcher_works_through_a_link_and_from_another_folder()
    {
        using TemporaryProject project = new();
        ProcessResult version = await project.ShellAsync($"ln -s '{TemporaryProject.Executable}' here && cd / && '{project.Folder}/here' --version");
        Assert.Matches(@"\d+\.\d+\.\d+", version.Ended(0).Stdout);
    }

    [Fact]
    public async Task State_is_private_and_ignored_by_git()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: one\ntasks:\n  only: { run: echo secret }\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All(
            Directory.EnumerateFileSystemEntries(project.StateFolder, "*", SearchOption.AllDirectories).Prepend(project.StateFolder),
            path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others));
        Assert.Equal("*", (await File.ReadAllTextAsync(Path.Combine(project.StateFolder, ".gitignore"), TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task Check_reports_every_error_with_its_place_and_runs_nothing()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: wrong
            tasks:
              build: { run: echo build, retires: 2 }
              test: { run: echo test, needs: [biuld] }
              slow: { run: echo slow, timeout: soon }
            """);
        ProcessResult check = (await project.PlimsollAsync("check", "plan.yaml")).Ended(2);
        string report = check.Stdout + check.Stderr;
        Assert.Contains("plan.yaml:3:", report, StringComparison.Ordinal);
        Assert.Contains("retires", report, StringComparison.Ordinal);
        Assert.Contains("retries", report, StringComparison.Ordinal);
        Assert.Contains("plan.yaml:4:", report, StringComparison.Ordinal);
        Assert.Contains("biuld", report, StringComparison.Ordinal);
        Assert.Contains("plan.yaml:5:", report, StringComparison.Ordinal);
        Assert.Contains("soon", report, StringComparison.Ordinal);

        (await project.PlimsollAsync("run", "plan.yaml")).Ended(2);
        Assert.False(File.Exists(Path.Combine(project.StateFolder, "journal.db")) && (await project.RunsAsync()).Count > 0);
    }

    [Fact]
    public async Task A_run_with_a_failed_task_ends_with_1_and_names_it()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: bad\ntasks:\n  breaks: { run: echo because >&2; exit 7 }\n  after: { run: echo never, needs: [breaks] }\n");
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        Assert.Contains("breaks", run.Stdout + run.Stderr, StringComparison.Ordinal);
        Assert.Contains("because", run.Stdout + run.Stderr, StringComparison.Ordinal);
        Assert.Equal("skipped", Assert.Single(await project.TasksAsync("1", "--only", "skipped")).State);
        ProcessResult why = (await project.PlimsollAsync("why", "after")).Ended(0);
        Assert.Contains("breaks", why.Stdout, StringComparison.Ordinal);
    }
}
