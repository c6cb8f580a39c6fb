using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>Tasks that change files in worktrees of their own, and what becomes of their branches.</summary>
public sealed class WorktreeTests
{
    [Fact]
    public async Task Changes_are_shown_and_merged_and_conflicts_are_reported()
    {
        using TemporaryProject project = new();
        project.Write("shared.txt", "start\n");
        project.Write("plan.yaml", """
            name: edits
            defaults: { workspace: worktree }
            tasks:
              left: { run: echo left > shared.txt; echo left > left.txt }
              right: { run: echo right > shared.txt; echo right > right.txt }
              idle: { run: "true" }
            """);
        await project.CommitAllAsync();
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(0);
        Assert.Equal("start\n", project.Read("shared.txt"));

        ProcessResult diff = (await project.PlimsollAsync("diff", "left")).Ended(0);
        Assert.Contains("+left", diff.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("right", diff.Stdout, StringComparison.Ordinal);

        ProcessResult merge = (await project.PlimsollAsync("merge", "1")).Ended(1);
        Assert.Contains("shared.txt", merge.Stdout + merge.Stderr, StringComparison.Ordinal);
        Assert.Contains("to solve it: git merge plimsoll/", merge.Stdout, StringComparison.Ordinal);
        Assert.True(File.Exists(project.PathOf("left.txt")) || File.Exists(project.PathOf("right.txt")));
    }

    [Fact]
    public async Task A_worktree_outside_a_repository_is_refused_with_the_cure()
    {
        using TemporaryProject project = new();
        project.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(project.Folder);
        project.Write("plan.yaml", "name: edits\ntasks:\n  edit: { run: echo hello > file, workspace: worktree }\n");
        ProcessResult run = await project.PlimsollAsync("run", "plan.yaml");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("git", run.Stdout + run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clean_removes_what_is_finished_and_keeps_what_is_dead()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", "name: mixed\ntasks:\n  good: { run: echo good }\n  bad: { run: exit 1, retries: { max: 1, backoff: { base: 10ms } } }\n");
        (await project.PlimsollAsync("run", "plan.yaml")).Ended(1);
        (await project.PlimsollAsync("clean", "--older-than", "1ms")).Ended(0);
        Assert.Equal("dead", Assert.Single(await project.TasksAsync("1", "--only", "dead")).State);
        Assert.Empty((await project.PlimsollAsync("logs", "1/good")).Stdout);
    }
}
