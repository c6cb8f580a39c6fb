using Plimsoll.Client.Projects;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Workspaces;

namespace Plimsoll.Daemon.Projects;

/// <summary>Shows and merges what tasks with a worktree have changed.</summary>
internal sealed class BranchChanges(ProjectContext context)
{
    /// <summary>The changes of one task (its last attempt), or of every task of a run that has a branch.</summary>
    public async Task<Outcome<IReadOnlyList<DiffView>>> DiffAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(cancellationToken)).TryGet(out GitRepository? repository, out Refusal? refusal)
            || !(await BranchesAsync(repository, address, succeededOnly: false, cancellationToken)).TryGet(out TaskBranches? found, out refusal))
        {
            return refusal!;
        }

        var branches = new Branches(repository);
        var views = new List<DiffView>();
        foreach ((string task, string branch) in found.Branches)
        {
            WorkspaceResult<BranchDiff> diff = await branches.DiffAsync(branch, cancellationToken);
            if (diff.Value is not { } changes)
            {
                return new Refusal(ExitCode.Environment, diff.Error!);
            }

            views.Add(new DiffView(
                found.Run, task, branch, changes.BaseCommit, changes.Files, changes.Insertions, changes.Deletions, changes.Patch));
        }

        return views;
    }

    /// <summary>Merges the branches of a run's succeeded tasks one after the other; one that conflicts is taken back and reported.</summary>
    public async Task<Outcome<MergeView>> MergeAsync(int? run, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(cancellationToken)).TryGet(out GitRepository? repository, out Refusal? refusal)
            || !(await BranchesAsync(repository, new TaskAddress(run, null), succeededOnly: true, cancellationToken)).TryGet(out TaskBranches? found, out refusal))
        {
            return refusal!;
        }

        WorkspaceResult<string> into = await repository.BranchAsync(cancellationToken);
        if (into.Value is not { } branchName)
        {
            return new Refusal(ExitCode.Invalid, into.Error!);
        }

        if (await repository.UncommittedAsync(cancellationToken) is { } changes)
        {
            return new Refusal(
                ExitCode.Invalid,
                $"the work tree has uncommitted changes: {string.Join(", ", changes.Split('\n').Select(line => line[3..]).Take(5))}",
                "Commit or stash them first: a conflict is taken back, and must not take them with it.");
        }

        var branches = new Branches(repository);
        var merged = new List<MergedTaskView>();
        foreach ((string task, string branch) in found.Branches)
        {
            BranchMerge result = await branches.MergeAsync(branch, $"Merge {task} of run {found.Run}", cancellationToken);
            string status = result switch
            {
                { Commit: not null } => "merged",
                { Conflicts.Count: > 0 } => "conflict",
                { Reason: null } => "empty",
                _ => "skipped",
            };
            merged.Add(new MergedTaskView(task, branch, status, result.Commit, result.Conflicts, result.Reason));
        }

        return new MergeView(found.Run, branchName, merged);
    }

    private async Task<Outcome<GitRepository>> OpenAsync(CancellationToken cancellationToken)
    {
        WorkspaceResult<GitRepository> opened = await GitRepository.OpenAsync(context.Folder, cancellationToken);
        return opened.Value is { } repository ? repository : new Refusal(ExitCode.Invalid, opened.Error!);
    }

    private async Task<Outcome<TaskBranches>> BranchesAsync(
        GitRepository repository, TaskAddress address, bool succeededOnly, CancellationToken cancellationToken)
    {
        await using ProjectReader? reader = await ProjectState.TryReadAsync(context, cancellationToken);
        if (!(await RunRecords.FindAsync(reader?.Journal, address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        HashSet<string> existing =
            [.. await new Branches(repository).ListAsync(BranchName.Prefix(reader!.JournalId, run.Run), cancellationToken)];
        var found = new List<(string Task, string Branch)>();
        var query = new TaskQuery(run.Run, succeededOnly ? [TaskState.Succeeded] : [], address.Task, null, int.MaxValue);
        foreach (TaskRecord task in await reader.Journal.TasksAsync(query, cancellationToken))
        {
            IReadOnlyList<AttemptRecord> attempts = await reader.Journal.AttemptsAsync(task.Task, cancellationToken);
            AttemptRecord? last = attempts is [.., var newest] ? newest : null;
            if (last is not null && BranchName.Of(reader.JournalId, task.Name, last.Attempt) is { } branch && existing.Contains(branch))
            {
                found.Add((task.Name, branch));
            }
        }

        return found.Count > 0
            ? new TaskBranches(run.Run.Value, found)
            : new Refusal(
                ExitCode.Invalid,
                address.Task is null ? $"no task of run {run.Run} has a branch" : $"task {address.Task} has no branch",
                "Only tasks with `workspace: worktree` that have started have one.");
    }
}
