namespace Plimsoll.Engine.Workspaces;

/// <summary>Worktrees for attempts: made from a base commit, collected on a branch, removed only when nothing is lost.</summary>
/// <remarks>git locks its own registry of worktrees; callers still do one thing at a time per repository, which is also fastest.</remarks>
public sealed class Worktrees(GitRepository repository)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    private static readonly string[] Author =
        ["-c", "user.name=Plimsoll", "-c", "user.email=plimsoll@localhost"];

    /// <summary>Makes a worktree on a new branch.</summary>
    /// <returns>The folder inside it that corresponds to the project folder.</returns>
    public async Task<WorkspaceResult<string>> CreateAsync(string path, string branch, string baseCommit, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        GitResult added = await repository.Git.RunAsync(["worktree", "add", "--quiet", "-b", branch, path, baseCommit], cancellationToken);
        if (!added.Succeeded)
        {
            return new WorkspaceRefusal($"the worktree {path} cannot be made: {added.Complaint}");
        }

        string folder = Path.Combine(path, repository.Prefix);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Waits for a git that an earlier Plimsoll started there, and removes the lock of one that was killed.</summary>
    public static async Task UnlockAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        GitResult where = await new GitCommand(path).RunAsync(["rev-parse", "--git-path", "index.lock"], cancellationToken);
        if (!where.Succeeded)
        {
            return;
        }

        string file = Path.Combine(path, where.Output.Trim());
        long begun = time.GetTimestamp();
        while (File.Exists(file) && time.GetElapsedTime(begun) < LockPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }

        File.Delete(file);
    }

    /// <summary>Commits whatever the task left uncommitted to its branch.</summary>
    /// <remarks>A task that switched to another branch of its own finds its work on the attempt's branch all the same.</remarks>
    /// <returns>The commit at the head of the branch.</returns>
    public static async Task<WorkspaceResult<string>> CommitAsync(
        string path, string branch, string message, CancellationToken cancellationToken)
    {
        var git = new GitCommand(path);
        GitResult added = await git.RunAsync(["add", "--all"], cancellationToken);
        if (!added.Succeeded)
        {
            return new WorkspaceRefusal($"changes in {path} cannot be added: {added.Complaint}");
        }

        GitResult clean = await git.RunAsync(["diff", "--cached", "--quiet"], cancellationToken);
        if (!clean.Succeeded)
        {
            GitResult committed = await git.RunAsync([.. Author, "commit", "--quiet", "--no-verify", "-m", message], cancellationToken);
            if (!committed.Succeeded)
            {
                return new WorkspaceRefusal($"changes in {path} cannot be committed: {committed.Complaint}");
            }
        }

        GitResult moved = await git.RunAsync(["update-ref", $"refs/heads/{branch}", "HEAD"], cancellationToken);
        if (!moved.Succeeded)
        {
            return new WorkspaceRefusal($"branch {branch} cannot be moved to the changes in {path}: {moved.Complaint}");
        }

        GitResult head = await git.RunAsync(["rev-parse", "HEAD"], cancellationToken);
        return head.Succeeded ? head.Output.Trim() : new WorkspaceRefusal($"{path} has lost its branch: {head.Complaint}");
    }

    /// <summary>Removes a worktree; its branch stays. One with uncommitted changes only when forced.</summary>
    /// <returns>The path, or why it stays.</returns>
    public async Task<WorkspaceResult<string>> RemoveAsync(string path, bool force, CancellationToken cancellationToken)
    {
        if (!force)
        {
            GitResult status = await new GitCommand(path).RunAsync(["status", "--porcelain"], cancellationToken);
            if (!status.Succeeded || status.Output.Length > 0)
            {
                return new WorkspaceRefusal(
                    status.Succeeded ? $"{path} has uncommitted changes; `--force` removes it all the same" : $"{path}: {status.Complaint}");
            }
        }

        GitResult removed = await repository.Git.RunAsync(["worktree", "remove", "--force", path], cancellationToken);
        return removed.Succeeded ? path : new WorkspaceRefusal($"{path} cannot be removed: {removed.Complaint}");
    }
}
