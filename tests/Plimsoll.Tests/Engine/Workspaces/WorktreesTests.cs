using Plimsoll.Core.Identity;
using Plimsoll.Engine.Workspaces;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Engine.Workspaces;

/// <summary>Worktrees and branches of a real repository whose hooks and signing would refuse every commit.</summary>
public sealed class WorktreesTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-git-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Project => Path.Combine(folder, "repo");

    public async ValueTask InitializeAsync()
    {
        Component.Require("git");
        Directory.CreateDirectory(Project);
        await Git("init", "--quiet", "--initial-branch=main");
        await Git("config", "commit.gpgsign", "true");
        await Git("config", "gpg.program", "/bin/false");
        File.WriteAllText(Path.Combine(Project, "a.txt"), "one\n");
        await Git("add", ".");
        await Git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
        File.WriteAllText(Path.Combine(Project, ".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(Path.Combine(Project, ".git/hooks/pre-commit"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Changes_left_behind_are_committed_to_the_attempts_branch_without_hooks_or_signing()
    {
        GitRepository repository = await Open();
        (string path, string branch) = await Create(repository, "review[a.cs]", 0);
        File.WriteAllText(Path.Combine(path, "new.txt"), "mine\n");
        WorkspaceResult<string> commit = await Worktrees.CommitAsync(path, branch, "Task review[a.cs]", Token);
        Assert.Null(commit.Error);
        Assert.Equal(commit.Value, (await Git("rev-parse", branch)).Trim());
        BranchDiff? diff = (await new Branches(repository).DiffAsync(branch, Token)).Value;
        Assert.Equal((1, 1, 0), (diff!.Files, diff.Insertions, diff.Deletions));
        Assert.Contains("+mine", diff.Patch, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Project, "new.txt")));
    }

    [Fact]
    public async Task Work_on_a_branch_that_the_task_made_itself_is_found_on_the_attempts_branch()
    {
        GitRepository repository = await Open();
        (string path, string branch) = await Create(repository, "wanderer", 0);
        await GitIn(path, "switch", "--quiet", "-c", "my-own");
        File.WriteAllText(Path.Combine(path, "new.txt"), "mine\n");
        WorkspaceResult<string> commit = await Worktrees.CommitAsync(path, branch, "changes", Token);
        Assert.Equal(commit.Value, (await Git("rev-parse", branch)).Trim());
    }

    [Fact]
    public async Task An_attempt_without_changes_adds_no_commit()
    {
        GitRepository repository = await Open();
        (string path, string branch) = await Create(repository, "idle", 0);
        Assert.Equal(repository.Head, (await Worktrees.CommitAsync(path, branch, "nothing", Token)).Value);
    }

    [Fact]
    public async Task Branches_merge_one_by_one_and_a_conflict_is_undone_and_named()
    {
        GitRepository repository = await Open();
        Branches branches = new(repository);
        string first = await Change(repository, "first", 0, "a.txt", "first\n");
        string second = await Change(repository, "second", 1, "a.txt", "second\n");
        string third = await Change(repository, "third", 2, "c.txt", "third\n");
        Assert.NotNull((await branches.MergeAsync(first, "Merge first", Token)).Commit);
        Assert.Equal(["a.txt"], (await branches.MergeAsync(second, "Merge second", Token)).Conflicts);
        Assert.NotNull((await branches.MergeAsync(third, "Merge third", Token)).Commit);
        Assert.Null((await branches.MergeAsync(first, "again", Token)).Commit);
        Assert.NotNull((await branches.MergeAsync("plimsoll/none", "none", Token)).Reason);
        Assert.Equal("first\n", File.ReadAllText(Path.Combine(Project, "a.txt")));
        Assert.True(File.Exists(Path.Combine(Project, "c.txt")));
        Assert.Null(await repository.UncommittedAsync(Token));
    }

    [Fact]
    public async Task A_dirty_worktree_is_removed_by_force_only()
    {
        GitRepository repository = await Open();
        Worktrees worktrees = new(repository);
        (string path, string branch) = await Create(repository, "dirty", 0);
        File.WriteAllText(Path.Combine(path, "precious.txt"), "!");
        Assert.Contains("--force", (await worktrees.RemoveAsync(path, force: false, Token)).Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(path, "precious.txt")));
        Assert.Null((await worktrees.RemoveAsync(path, force: true, Token)).Error);
        Assert.False(Directory.Exists(path));
        Assert.NotEmpty(await Git("rev-parse", branch));
    }

    [Fact]
    public async Task A_folder_outside_a_repository_and_one_without_a_commit_are_refused()
    {
        Assert.Contains("not in a git repository", (await GitRepository.OpenAsync(folder, Token)).Error, StringComparison.Ordinal);
        string unborn = Path.Combine(folder, "unborn");
        Directory.CreateDirectory(unborn);
        await GitIn(unborn, "init", "--quiet");
        Assert.Contains("no commit yet", (await GitRepository.OpenAsync(unborn, Token)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("-")]
    [InlineData("@{")]
    [InlineData("a b")]
    [InlineData("x.lock")]
    [InlineData("../../etc")]
    [InlineData("\u00fc\u591c")]
    [InlineData("--force")]
    [InlineData("a..b~^:?*\\")]
    [InlineData("")]
    public async Task Odd_task_names_get_a_branch_of_their_own(string name)
    {
        GitRepository repository = await Open();
        (_, string first) = await Create(repository, name, 0);
        (_, string second) = await Create(repository, name, 1);
        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), (await new Branches(repository).ListAsync(BranchName.Prefix("abcdef0123", new RunId(1)), Token)).Order(StringComparer.Ordinal));
    }

    private async Task<GitRepository> Open() => (await GitRepository.OpenAsync(Project, Token)).Value!;

    private async Task<(string Path, string Branch)> Create(GitRepository repository, string task, int ordinal)
    {
        string branch = BranchName.Of("abcdef0123", task, new AttemptId(new TaskId(new RunId(1), ordinal), 1, 1));
        WorkspaceResult<string> made = await new Worktrees(repository).CreateAsync(Path.Combine(folder, "trees", $"{ordinal}"), branch, repository.Head, Token);
        Assert.Null(made.Error);
        return (made.Value!.TrimEnd('/'), branch);
    }

    private async Task<string> Change(GitRepository repository, string task, int ordinal, string file, string content)
    {
        (string path, string branch) = await Create(repository, task, ordinal);
        File.WriteAllText(Path.Combine(path, file), content);
        Assert.Null((await Worktrees.CommitAsync(path, branch, task, Token)).Error);
        return branch;
    }

    private Task<string> Git(params string[] arguments) => GitIn(Project, arguments);

    private static async Task<string> GitIn(string folder, params string[] arguments)
    {
        GitResult result = await new GitCommand(folder).RunAsync(arguments, Token);
        Assert.True(result.Succeeded, result.Error);
        return result.Output;
    }
}
