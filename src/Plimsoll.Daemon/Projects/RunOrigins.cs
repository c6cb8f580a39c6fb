using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Workspaces;
using Plimsoll.Plans;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Projects;

/// <summary>Settles where a plan's tasks work before the run is accepted: worktrees need a commit to start from.</summary>
internal static class RunOrigins
{
    public static async Task<Outcome<RunOrigin>> OfPlanAsync(
        ProjectContext context, CompiledPlan plan, RunRequest request, CancellationToken cancellationToken)
    {
        var origin = new RunOrigin("plan", request.Plan.Name, context.Folder, null, request.Direct);
        if (!TaskRenderer.Create(plan.Document, context.Executable).AnyWorktree)
        {
            return origin;
        }

        WorkspaceResult<GitRepository> opened = await GitRepository.OpenAsync(context.Folder, cancellationToken);
        if (opened.Value is not { } repository)
        {
            return new Refusal(ExitCode.Invalid, opened.Error!);
        }

        return !request.Force && await repository.UncommittedAsync(cancellationToken) is { } changes
            ? new Refusal(
                ExitCode.Invalid,
                $"tasks with a worktree start from the last commit, and the work tree has changes that are not in it: {string.Join(", ", changes.Split('\n').Select(line => line[3..]).Take(5))}",
                "Commit or stash them, or run with `--force` to start from the last commit all the same.")
            : origin with { BaseCommit = repository.Head };
    }
}
