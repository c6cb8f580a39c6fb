using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>Bad surroundings: each has a documented outcome, and no task is lost.</summary>
public sealed class FaultTests
{
    private const int EnvironmentFault = 3;

    [Fact]
    public async Task A_missing_command_is_start_failed_and_the_search_path_is_named()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: missing\ntasks:\n  gone: { run: [no-such-command-anywhere] }\n");
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        Assert.DoesNotContain("/usr/bin", run.Stdout + run.Stderr, StringComparison.Ordinal);
        Assert.Contains("/usr/bin", (await project.PlimsollAsync("why", "gone")).Stdout, StringComparison.Ordinal);
        AttemptView attempt = Assert.Single(await project.AttemptsAsync("1/gone"));
        Assert.Equal("start_failed", attempt.Outcome);
        Assert.Contains("no-such-command-anywhere", attempt.Reason, StringComparison.Ordinal);
        Assert.Contains("/usr/bin", attempt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_end_is_refused_before_it_fills_the_memory()
    {
        using TemporaryProject project = new();
        Assert.Contains("larger than 64 MiB", (await project.PlimsollAsync("check", "/dev/zero")).Ended(2).Stderr, StringComparison.Ordinal);
        ProcessResult piped = await project.ShellAsync("plimsoll check - </dev/zero");
        Assert.Contains("larger than 64 MiB", piped.WithoutStackTrace().Ended(2).Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vanished_working_folder_is_start_failed()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: vanished\ntasks:\n  away: { run: echo here, cwd: not-there }\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        AttemptView attempt = Assert.Single(await project.AttemptsAsync("1/away"));
        Assert.Equal("start_failed", attempt.Outcome);
        Assert.Contains("not-there", attempt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_run_goes_on_once_there_is_room()
    {
        using TemporaryProject project = new();
        string disk = project.PathOf("disk");
        Directory.CreateDirectory(disk);
        ProcessResult mounted = await project.ShellAsync($"mount -t tmpfs -o size=3m tmpfs '{disk}'");
        if (mounted.ExitCode != 0)
        {
            Component.RequireThat(false, "permission to mount a small file system");
        }

        try
        {
            project.Write("plan.yaml", """
                name: full
                tasks:
                  fills: { run: "head -c 20000000 /dev/zero || true; echo end >> ends" }
                  next: { run: echo end >> ends, needs: [fills] }
                """);
            using RunningProcess run = project.Start("run", "-q", "plan.yaml", "--state", disk);
            await TemporaryProject.UntilAsync(() => run.Seen.Contains("no space", StringComparison.Ordinal), "the full disk is named");
            Assert.Equal(["end"], project.Lines("ends"));

            // Somebody makes room: the same turn is written again, and the run goes on where it stood.
            (await project.ShellAsync($"find '{disk}/runs' -type f -size +100k -delete")).Ended(0);
            (await run.WaitAsync(TestContext.Current.CancellationToken)).WithoutStackTrace().Ended(0);
            Assert.Equal(["end", "end"], project.Lines("ends"));
            ProcessResult listing = (await project.PlimsollAsync("status", "1", "--only", "succeeded", "--state", disk, "--json")).Ended(0);
            Assert.Contains("fills", listing.Stdout, StringComparison.Ordinal);
            Assert.Contains("next", listing.Stdout, StringComparison.Ordinal);
        }
        finally
        {
            Survivors.End(disk);
            await project.ShellAsync($"umount -l '{disk}'");
        }
    }

    [Fact]
    public async Task A_journal_that_is_no_database_is_refused_and_left_alone()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: one\ntasks:\n  only: { run: echo hello }\n");
        Directory.CreateDirectory(project.StateFolder);
        await File.WriteAllTextAsync(Path.Combine(project.StateFolder, "journal.db"), new string('x', 8192), TestContext.Current.CancellationToken);
        ProcessResult run = (await project.PlimsollAsync("run", "plan.yaml")).Ended(EnvironmentFault);
        Assert.Contains("journal.db", run.Stderr, StringComparison.Ordinal);
        Assert.Equal(8192, new FileInfo(Path.Combine(project.StateFolder, "journal.db")).Length);
    }

    [Fact]
    public async Task A_journal_that_begins_anew_does_not_meet_the_files_of_runs_it_does_not_know()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: one\ntasks:\n  only: { run: echo hello }\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        File.Delete(Path.Combine(project.StateFolder, "journal.db"));
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        Assert.Equal("2", Assert.Single(await project.RunsAsync()).Run.ToString());
    }

    [Fact]
    public async Task A_task_that_daemonises_and_ignores_sigterm_leaves_nothing_behind()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: sticky
            tasks:
              sticky: { run: "trap '' TERM; setsid sh -c 'trap \"\" TERM; sleep 1000' & echo $! > child; while :; do sleep 1; done", timeout: 1s }
            """);
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        Assert.Equal("timed_out", Assert.Single(await project.AttemptsAsync("1/sticky")).Outcome);
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task One_wrong_line_among_100000_tasks_is_found()
    {
        using TemporaryProject project = new();
        IEnumerable<string> tasks = Enumerable.Range(0, 100_000).Select(i => i == 77_777 ? $"  t{i}: {{ run: \"true\", needs: [t77776x] }}" : $"  t{i}: {{ run: \"true\" }}");
        project.Write("plan.yaml", $"name: large\ntasks:\n{string.Join('\n', tasks)}\n");
        ProcessResult check = (await project.PlimsollAsync("check", "plan.yaml")).Ended(2);
        Assert.Contains("plan.yaml:77780:", check.Stdout + check.Stderr, StringComparison.Ordinal);
    }
}
