using Plimsoll.Client.Projects;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Projects;

[Collection(ProcessCollection.Name)]
public sealed class ProjectTests
{
    [Fact]
    public async Task Outputs_of_a_task_reach_its_dependants_and_conditions()
    {
        using var rig = new ProjectRig();
        SummaryView summary = await rig.RunAsync("""
            tasks:
              build: { run: 'echo "version=1.2 beta; rm -rf x" >> "$PLIMSOLL_OUTPUT"' }
              use: { needs: [build], run: [sh, -c, 'printf %s "$1" > used', sh, "{{needs.build.version}}"] }
              skipped: { needs: [build], when: needs.build.version == "other", run: touch never }
            """);
        Assert.Equal(("succeeded", 2, 1), (summary.Outcome, summary.Succeeded, summary.Skipped));
        Assert.Equal("1.2 beta; rm -rf x", rig.Read("used"));
        Assert.False(File.Exists(Path.Combine(rig.Folder, "never")));
    }

    [Fact]
    public async Task A_failed_need_skips_what_depends_on_it_and_retry_revives_both()
    {
        using var rig = new ProjectRig();
        SummaryView first = await rig.RunAsync("""
            tasks:
              a: { run: test -e fixed }
              b: { needs: [a], run: touch done }
            """);
        Assert.Equal(("failed", 1, 1), (first.Outcome, first.Failed, first.Skipped));
        Assert.Equal("a", Assert.Single(first.Failures).Name);

        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "fixed"), "", ProjectRig.Token);
        ChangeView change = ProjectRig.Value(await rig.Project.RetryAsync(new TaskAddress(1, null), ProjectRig.Token));
        Assert.False(change.Live);
        await using RunSession session = ProjectRig.Value(await rig.Project.ResumeAsync(new ResumeRequest(1, null), ProjectRig.Token));
        SummaryView second = await ProjectRig.EndAsync(session);
        Assert.Equal(("succeeded", 2), (second.Outcome, second.Succeeded));
        Assert.True(File.Exists(Path.Combine(rig.Folder, "done")));
    }

    [Fact]
    public async Task A_live_run_answers_and_obeys_another_terminal()
    {
        using var rig = new ProjectRig();
        await using RunSession session = await rig.StartAsync("""
            locks: { one: 1 }
            tasks:
              holder: { run: sleep 600, locks: [one], priority: 1 }
              waiter: { run: echo, locks: [one] }
            """);
        Plimsoll.Daemon.Projects.Project other = rig.Open();
        ExplanationView why = Assert.Single(ProjectRig.Value(await other.ExplainAsync(new TaskAddress(null, "waiter"), 1, ProjectRig.Token)));
        Assert.Equal("lock", why.Reasons[0].Code);
        Outcome<RunSession> second = await other.StartRunAsync(ProjectRig.Request("tasks: { x: { noop: 1ms } }"), ProjectRig.Token);
        Assert.Equal(ExitCode.Busy, second.Refusal!.Code);
        Assert.Empty(ProjectRig.Value(await other.RetryAsync(new TaskAddress(null, "holder"), ProjectRig.Token)).Tasks);

        ChangeView change = ProjectRig.Value(await other.CancelAsync(new TaskAddress(null, "holder"), "enough", ProjectRig.Token));
        Assert.True(change.Live);
        SummaryView summary = await ProjectRig.EndAsync(session);
        Assert.Equal((1, 1), (summary.Succeeded, summary.Cancelled));
    }

    [Fact]
    public async Task A_stopped_run_leaves_no_process_and_goes_on_with_resume_under_its_own_limits()
    {
        using var rig = new ProjectRig();
        await using (RunSession session = await rig.StartAsync("""
            concurrency: 1
            tasks:
              a: { run: 'echo $$ > pid; test -e second || { touch second; sleep 600; }' }
              b: { noop: 1ms }
            """))
        {
            await Until.FileAsync(Path.Combine(rig.Folder, "second"));
            session.Stop(StopMode.Immediate);
            SummaryView stopped = await ProjectRig.EndAsync(session);
            Assert.Equal("interrupted", stopped.Outcome);
            Assert.True(stopped.Unfinished > 0);
            Assert.False(Directory.Exists($"/proc/{rig.Read("pid").Trim()}"));
        }

        await using RunSession resumed = ProjectRig.Value(await rig.Project.ResumeAsync(new ResumeRequest(null, null), ProjectRig.Token));
        SummaryView summary = await ProjectRig.EndAsync(resumed);
        Assert.Equal(("succeeded", 2, 1), (summary.Outcome, summary.Succeeded, summary.MaxConcurrency));
    }

    [Fact]
    public async Task The_value_of_a_secret_is_given_to_the_task_and_stored_nowhere()
    {
        Environment.SetEnvironmentVariable("PROJECT_TESTS_SECRET", "s3cr3t-7f1c9");
        using var rig = new ProjectRig();
        SummaryView summary = await rig.RunAsync("""
            tasks:
              a: { run: 'test "$TOKEN" = "$PROJECT_TESTS_SECRET"', env: { TOKEN: { from: PROJECT_TESTS_SECRET } } }
            """);
        Assert.Equal("succeeded", summary.Outcome);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(rig.Folder, ".plimsoll"), "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("s3cr3t-7f1c9", await File.ReadAllTextAsync(file, ProjectRig.Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Worktrees_keep_parallel_changes_apart_until_they_are_merged()
    {
        using var git = new GitProject();
        using var rig = new ProjectRig(git.Folder);
        SummaryView summary = await rig.RunAsync("""
            tasks:
              edit: { matrix: { n: [1, 2] }, workspace: worktree, run: [sh, -c, 'echo $1 > file$1; echo $1 > shared', sh, "{{n}}"] }
            """);
        Assert.Equal("succeeded", summary.Outcome);
        Assert.False(File.Exists(Path.Combine(git.Folder, "file1")));

        IReadOnlyList<DiffView> diffs = ProjectRig.Value(await rig.Project.DiffAsync(new TaskAddress(null, null), ProjectRig.Token));
        Assert.Equal(["edit[1]", "edit[2]"], diffs.Select(diff => diff.Task));
        MergeView merge = ProjectRig.Value(await rig.Project.MergeAsync(null, ProjectRig.Token));
        Assert.Equal(["merged", "conflict"], merge.Tasks.Select(task => task.Status));
        Assert.Equal(["shared"], merge.Tasks[1].Conflicts);
        Assert.Equal("1\n", rig.Read("file1"));
    }

    [Fact]
    public async Task A_dirty_worktree_stays_until_forced_even_when_its_run_is_gone()
    {
        using var git = new GitProject();
        using var rig = new ProjectRig(git.Folder);
        await rig.RunAsync("tasks: { edit: { matrix: { n: [1, 2] }, workspace: worktree, run: echo x > made } }");
        string dirty = Path.Combine(git.Folder, ".plimsoll", "worktrees", "1", "0.1");
        await File.WriteAllTextAsync(Path.Combine(dirty, "made"), "unsaved", ProjectRig.Token);
        var request = new CleanRequest(false, TimeSpan.FromTicks(1), null, Force: false);

        CleanView first = ProjectRig.Value(await rig.Project.CleanAsync(request, ProjectRig.Token));
        Assert.Equal((1, 1), (first.Runs, first.Worktrees));
        Assert.Contains("uncommitted", Assert.Single(first.Kept), StringComparison.Ordinal);
        CleanView second = ProjectRig.Value(await rig.Project.CleanAsync(request, ProjectRig.Token));
        Assert.Equal((0, 0, 1), (second.Runs, second.Worktrees, second.Kept.Count));
        Assert.Equal("unsaved", await File.ReadAllTextAsync(Path.Combine(dirty, "made"), ProjectRig.Token));
        Assert.Equal(1, ProjectRig.Value(await rig.Project.CleanAsync(request with { Force = true }, ProjectRig.Token)).Worktrees);
        Assert.False(Directory.Exists(dirty));
    }

    [Fact]
    public async Task Retention_removes_old_runs_once_a_day_and_keeps_dead_letters()
    {
        using var rig = new ProjectRig();
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "plimsoll.yaml"), "retention: { age: 1ms }\n", ProjectRig.Token);
        await rig.RunAsync("tasks: { a: { run: echo kept } }");
        await rig.RunAsync("tasks: { d: { run: 'exit 1', retries: { max: 1, backoff: { base: 1ms } } } }");
        File.SetLastWriteTimeUtc(Path.Combine(rig.Folder, ".plimsoll", "cleaned"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        using (var later = new ProjectRig(rig.Folder))
        {
            await later.RunAsync("tasks: { b: { noop: 1ms } }");
            IReadOnlyList<RunView> runs = ProjectRig.Value(await later.Project.RunsAsync(10, ProjectRig.Token));
            Assert.Contains(runs, run => run.Run == 2);
            Assert.DoesNotContain(runs, run => run.Run == 1);
            DeadView dead = Assert.Single(ProjectRig.Value(await later.Project.DeadAsync(new TaskAddress(null, null), ProjectRig.Token)));
            Assert.Equal(("d", 2), (dead.Task, dead.Attempts));
        }

        Directory.CreateDirectory(rig.Folder);
    }
}
