using Plimsoll.Core.Identity;
using Plimsoll.Engine.Workspaces;
using Xunit;

namespace Plimsoll.Tests.Engine.Workspaces;

public sealed class WorktreeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_left_uncommitted_reach_the_branch_and_merge_into_main()
    {
        using var git = new GitFixture();
        GitRepository repository = await git.OpenAsync();
        string folder = await WorktreeAsync(git, repository, "w1", "plimsoll/abc-1/one-0.1");
        await File.WriteAllTextAsync(Path.Combine(folder, "new file.txt"), "hello", Token);

        WorkspaceResult<string> commit = await Worktrees.CommitAsync(folder, "one: changes", Token);
        Assert.Null(commit.Error);
        Assert.Equal(["plimsoll/abc-1/one-0.1"], await new Branches(repository).ListAsync("plimsoll/abc-1/", Token));

        WorkspaceResult<BranchDiff> diff = await new Branches(repository).DiffAsync("plimsoll/abc-1/one-0.1", Token);
        Assert.Equal((1, 1, 0), (diff.Value!.Files, diff.Value.Insertions, diff.Value.Deletions));
        BranchMerge merge = await new Branches(repository).MergeAsync("plimsoll/abc-1/one-0.1", "Merge one", Token);
        Assert.NotNull(merge.Commit);
        Assert.True(File.Exists(git.PathOf("new file.txt")));
        Assert.Equal("", git.Git("status", "--porcelain", "--untracked-files=no"));
    }

    [Fact]
    public async Task A_conflicting_branch_is_reported_and_taken_back_so_that_the_next_one_merges()
    {
        using var git = new GitFixture();
        GitRepository repository = await git.OpenAsync();
        string first = await WorktreeAsync(git, repository, "w1", "plimsoll/x-1/one");
        string second = await WorktreeAsync(git, repository, "w2", "plimsoll/x-1/two");
        string third = await WorktreeAsync(git, repository, "w3", "plimsoll/x-1/three");
        await File.WriteAllTextAsync(Path.Combine(first, "a.txt"), "ONE\ntwo\nthree\n", Token);
        await File.WriteAllTextAsync(Path.Combine(second, "a.txt"), "uno\ntwo\nthree\n", Token);
        await File.WriteAllTextAsync(Path.Combine(third, "b.txt"), "b", Token);
        foreach (string folder in (string[])[first, second, third])
        {
            Assert.Null((await Worktrees.CommitAsync(folder, "changes", Token)).Error);
        }

        var branches = new Branches(repository);
        Assert.NotNull((await branches.MergeAsync("plimsoll/x-1/one", "one", Token)).Commit);
        BranchMerge conflict = await branches.MergeAsync("plimsoll/x-1/two", "two", Token);
        Assert.Null(conflict.Commit);
        Assert.Equal(["a.txt"], conflict.Conflicts);
        Assert.NotNull((await branches.MergeAsync("plimsoll/x-1/three", "three", Token)).Commit);
        Assert.Equal("ONE", (await File.ReadAllLinesAsync(git.PathOf("a.txt"), Token))[0]);
    }

    [Fact]
    public async Task A_worktree_with_uncommitted_changes_is_removed_only_by_force()
    {
        using var git = new GitFixture();
        GitRepository repository = await git.OpenAsync();
        string folder = await WorktreeAsync(git, repository, "w", "plimsoll/x-1/w");
        await File.WriteAllTextAsync(Path.Combine(folder, "precious.txt"), "work", Token);
        var worktrees = new Worktrees(repository);

        WorkspaceResult<string> refused = await worktrees.RemoveAsync(folder, force: false, Token);
        Assert.Contains("uncommitted changes", refused.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder));
        Assert.Null((await worktrees.RemoveAsync(folder, force: true, Token)).Error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_hook_of_the_repository_cannot_stop_or_change_the_commit()
    {
        using var git = new GitFixture();
        string hook = git.PathOf(".git/hooks/pre-commit");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\nexit 1\n", Token);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        GitRepository repository = await git.OpenAsync();
        string folder = await WorktreeAsync(git, repository, "w", "plimsoll/x-1/w");
        await File.WriteAllTextAsync(Path.Combine(folder, "x"), "x", Token);
        Assert.Null((await Worktrees.CommitAsync(folder, "x", Token)).Error);
    }

    [Fact]
    public async Task A_folder_without_repository_or_commit_is_refused_with_the_cure()
    {
        using var empty = new GitFixture(commit: false);
        WorkspaceResult<GitRepository> unborn = await GitRepository.OpenAsync(empty.Folder, Token);
        Assert.Contains("no commit yet", unborn.Error, StringComparison.Ordinal);

        DirectoryInfo bare = Directory.CreateTempSubdirectory("plimsoll-nogit-");
        try
        {
            WorkspaceResult<GitRepository> none = await GitRepository.OpenAsync(bare.FullName, Token);
            Assert.Contains("not in a git repository", none.Error, StringComparison.Ordinal);
        }
        finally
        {
            bare.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("review[a.cs]")]
    [InlineData("../../etc/passwd")]
    [InlineData("--upload-pack=x")]
    [InlineData("a..b@{1}~^:?*[")]
    [InlineData("ends.lock")]
    [InlineData("...")]
    [InlineData("ünïcödé  blank")]
    public void Every_task_name_gives_a_branch_that_git_accepts(string task)
    {
        using var git = new GitFixture();
        string branch = BranchName.Of("AbCdEf123", task, new AttemptId(new TaskId(new RunId(7), 3), 2, 9));
        Assert.StartsWith("plimsoll/abcdef-7/", branch, StringComparison.Ordinal);
        git.Git("check-ref-format", "--branch", branch);
    }

    private static async Task<string> WorktreeAsync(GitFixture git, GitRepository repository, string name, string branch)
    {
        WorkspaceResult<string> made = await new Worktrees(repository)
            .CreateAsync(git.PathOf($".plimsoll/worktrees/{name}"), branch, repository.Head, Token);
        Assert.Null(made.Error);
        return made.Value!;
    }
}
