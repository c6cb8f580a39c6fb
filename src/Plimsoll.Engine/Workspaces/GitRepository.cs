namespace Plimsoll.Engine.Workspaces;

/// <summary>A git repository seen from a project folder inside it.</summary>
public sealed class GitRepository
{
    private readonly GitCommand git;

    private GitRepository(GitCommand git, string prefix, string head)
    {
        this.git = git;
        Prefix = prefix;
        Head = head;
    }

    /// <summary>Top folder of the work tree.</summary>
    public string Root => git.Folder;

    /// <summary>The project folder relative to <see cref="Root"/>; empty when it is the root.</summary>
    public string Prefix { get; }

    /// <summary>The commit that is checked out.</summary>
    public string Head { get; }

    internal GitCommand Git => git;

    /// <summary>Opens the repository a folder lies in; refuses one without a commit.</summary>
    public static async Task<WorkspaceResult<GitRepository>> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var here = new GitCommand(folder);
        GitResult places = await here.RunAsync(["rev-parse", "--show-toplevel", "--show-prefix"], cancellationToken);
        if (!places.Succeeded)
        {
            return new WorkspaceRefusal(
                $"{folder} is not in a git repository ({places.Complaint}); `workspace: worktree` needs one: run `git init` and commit, or write `workspace: shared`");
        }

        string[] lines = places.Output.Split('\n');
        GitResult head = await here.RunAsync(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], cancellationToken);
        return head.Succeeded
            ? new GitRepository(new GitCommand(lines[0]), lines.ElementAtOrDefault(1)?.TrimEnd('/') ?? "", head.Output.Trim())
            : new WorkspaceRefusal($"the repository {lines[0]} has no commit yet, so there is nothing to base a worktree on; commit something first");
    }

    /// <summary>Name of the branch that is checked out; a detached head is refused.</summary>
    public async Task<WorkspaceResult<string>> BranchAsync(CancellationToken cancellationToken)
    {
        GitResult branch = await git.RunAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellationToken);
        return branch.Succeeded
            ? branch.Output.Trim()
            : new WorkspaceRefusal("no branch is checked out (detached HEAD); `git switch` to the branch that should get the changes");
    }

    /// <summary>Tracked files that differ from the head, as git prints them; null when there are none.</summary>
    public async Task<string?> UncommittedAsync(CancellationToken cancellationToken)
    {
        GitResult status = await git.RunAsync(["status", "--porcelain", "--untracked-files=no"], cancellationToken);
        string text = status.Output.TrimEnd();
        return text.Length == 0 ? null : text;
    }
}
