using System.Globalization;
using Plimsoll.Client.Projects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Workspaces;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Projects;

/// <summary>Removes finished work that is older or larger than wanted: rows, output and worktrees; branches stay.</summary>
internal sealed class Cleaning(ProjectContext context)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>Retention without being asked: once a day, at the end of a run, as configured.</summary>
    public async Task CleanWhenDueAsync()
    {
        string marker = Path.Combine(context.StateFolder, "cleaned");
        DateTime now = context.Time.GetUtcNow().UtcDateTime;
        try
        {
            bool first = !File.Exists(marker);
            if (first || now - File.GetLastWriteTimeUtc(marker) >= Every)
            {
                await File.WriteAllTextAsync(marker, "");
                File.SetUnixFileMode(marker, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                if (!first)
                {
                    await CleanAsync(new CleanRequest(false, null, null, false), CancellationToken.None);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The run's result does not depend on tidiness; `plimsoll clean` says what is wrong.
        }
    }

    public async Task<Outcome<CleanView>> CleanAsync(CleanRequest request, CancellationToken cancellationToken)
    {
        StateFolder folder = StateFolder.At(context.StateFolder);
        try
        {
            await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
            if (opened is null)
            {
                return new CleanView(request.DryRun, 0, 0, 0, 0, 0, 0, []);
            }

            var retention = new JournalRetention(folder, opened.Store.Upkeep);
            var policy = new RetentionPolicy(
                request.OlderThan ?? context.Configuration.RetentionAge,
                request.KeepBytes is { } bytes ? new Bytes(bytes) : context.Configuration.RetentionSize);
            RetentionPlan plan = await retention.PlanAsync(policy, context.Time.GetUtcNow(), cancellationToken);
            int tasks = await TasksAsync(opened.Journal, plan, cancellationToken);
            var kept = new List<string>();
            int worktrees = await WorktreesAsync(opened.Journal, folder, plan, request, kept, cancellationToken);
            IReadOnlyList<RetiredRun> gone = request.DryRun ? plan.Runs : await retention.ApplyAsync(plan, cancellationToken);
            kept.AddRange(gone.Where(run => !run.Whole).Select(run => $"run {run.Run}: {run.DeadTasks} dead letters with their output"));
            return new CleanView(
                request.DryRun,
                gone.Count(run => run.Whole),
                tasks,
                gone.Sum(run => run.Paths.Count),
                worktrees,
                0,
                gone.Sum(run => run.OutputBytes.Value),
                kept);
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message);
        }
    }

    private static async Task<int> TasksAsync(IJournalReader journal, RetentionPlan plan, CancellationToken cancellationToken)
    {
        int tasks = 0;
        foreach (RetiredRun run in plan.Runs.Where(run => run.Whole))
        {
            RunRecord? record = await journal.RunAsync(run.Run, cancellationToken);
            tasks += record?.Counts.Sum() ?? 0;
        }

        return tasks;
    }

    /// <summary>Worktrees of retired runs, also of those retired earlier; one with changes that are on no branch stays unless forced.</summary>
    private async Task<int> WorktreesAsync(
        IJournalReader journal, StateFolder folder, RetentionPlan plan, CleanRequest request, List<string> kept, CancellationToken cancellationToken)
    {
        string[] paths = [.. (await RetiredAsync(journal, folder, plan, cancellationToken)).SelectMany(Directory.GetDirectories)];
        if (paths.Length == 0 || request.DryRun)
        {
            return paths.Length;
        }

        WorkspaceResult<GitRepository> repository = await GitRepository.OpenAsync(context.Folder, cancellationToken);
        if (repository.Value is not { } opened)
        {
            kept.Add($"{paths.Length} worktrees: {repository.Error}");
            return 0;
        }

        int removed = 0;
        var worktrees = new Worktrees(opened);
        foreach (string path in paths)
        {
            WorkspaceResult<string> result = await worktrees.RemoveAsync(path, request.Force, cancellationToken);
            if (result.Value is null)
            {
                kept.Add(result.Error!);
            }
            else
            {
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Folders with worktrees of runs that go now, or that the journal does not know any more.</summary>
    private static async Task<IReadOnlyList<string>> RetiredAsync(IJournalReader journal, StateFolder folder, RetentionPlan plan, CancellationToken cancellationToken)
    {
        var retired = new List<string>();
        foreach (string path in Directory.Exists(folder.WorktreesPath) ? Directory.GetDirectories(folder.WorktreesPath) : [])
        {
            if (!int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                continue;
            }

            var run = new RunId(number);
            if (plan.Runs.Any(going => going.Run == run) || await journal.RunAsync(run, cancellationToken) is null)
            {
                retired.Add(path);
            }
        }

        return retired;
    }
}
