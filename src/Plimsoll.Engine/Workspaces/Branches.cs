using System.Globalization;

namespace Plimsoll.Engine.Workspaces;

/// <summary>Reads and merges the branches of attempts.</summary>
public sealed class Branches(GitRepository repository)
{
    private static readonly string[] Author =
        ["-c", "user.name=Plimsoll", "-c", "user.email=plimsoll@localhost"];

    /// <summary>The branches under a prefix, by name.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        GitResult refs = await repository.Git.RunAsync(
            ["for-each-ref", "--format=%(refname:short)", $"refs/heads/{prefix}"], cancellationToken);
        return refs.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task<WorkspaceResult<BranchDiff>> DiffAsync(string branch, CancellationToken cancellationToken)
    {
        GitResult parent = await repository.Git.RunAsync(["merge-base", "HEAD", branch], cancellationToken);
        if (!parent.Succeeded)
        {
            return new WorkspaceRefusal($"branch {branch} cannot be compared: {parent.Complaint}");
        }

        string start = parent.Output.Trim();
        GitResult numbers = await repository.Git.RunAsync(["diff", "--numstat", start, branch], cancellationToken);
        GitResult patch = await repository.Git.RunAsync(["diff", "--no-color", "--no-ext-diff", start, branch], cancellationToken);
        if (!numbers.Succeeded || !patch.Succeeded)
        {
            return new WorkspaceRefusal($"branch {branch} cannot be compared: {numbers.Complaint}");
        }

        string[][] files = [.. numbers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 3))];
        return new BranchDiff(start, files.Length, files.Sum(file => Count(file[0])), files.Sum(file => Count(file[1])), patch.Output);
    }

    /// <summary>Merges one branch into what is checked out; a conflict is taken back, so that the next branch finds a clean tree.</summary>
    public async Task<BranchMerge> MergeAsync(string branch, string message, CancellationToken cancellationToken)
    {
        GitResult ahead = await repository.Git.RunAsync(["rev-list", "--count", $"HEAD..{branch}"], cancellationToken);
        if (!ahead.Succeeded)
        {
            return new BranchMerge(null, [], ahead.Complaint);
        }

        if (ahead.Output.Trim() == "0")
        {
            return new BranchMerge(null, [], null);
        }

        GitResult merge = await repository.Git.RunAsync(
            [.. Author, "merge", "--no-ff", "--no-edit", "--quiet", "-m", message, branch], cancellationToken);
        if (!merge.Succeeded)
        {
            GitResult unmerged = await repository.Git.RunAsync(["diff", "--name-only", "--diff-filter=U"], cancellationToken);
            string[] files = unmerged.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await repository.Git.RunAsync(["merge", "--abort"], CancellationToken.None);
            return new BranchMerge(null, files, files.Length == 0 ? merge.Complaint : null);
        }

        GitResult head = await repository.Git.RunAsync(["rev-parse", "HEAD"], cancellationToken);
        return new BranchMerge(head.Output.Trim(), [], null);
    }

    /// <summary>git writes <c>-</c> for binary files.</summary>
    private static int Count(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;
}
