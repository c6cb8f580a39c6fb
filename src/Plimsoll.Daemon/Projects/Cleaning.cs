using System.Globalization;
using Plimsoll.Client.Projects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Workspaces;
using Plimsoll.Journal;
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
        if (!File.Exists(folder.JournalPath))
        {
            return new CleanView(request.DryRun, 0, 0, 0, 0, 0, 0, []);
        }

        try
        {
            var retention = new JournalRetention(folder, SqliteJournalOptions.Default);
            var policy = new RetentionPolicy(
                request.OlderThan ?? context.Configuration.RetentionAge,
                request.KeepBytes is { } bytes ? new Bytes(bytes) : context.Configuration.RetentionSize);
            RetentionPlan plan = retention.Plan(policy, context.Time.GetUtcNow());
            int tasks = await TasksAsync(plan, cancellationToken);
            var kept = new List<string>();
            int worktrees = await WorktreesAsync(folder, plan, request, kept, cancellationToken);
            IReadOnlyList<RetiredRun> gone = request.DryRun ? plan.Runs : retention.Apply(plan, cancellationToken);
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

    private async Task<int> TasksAsync(RetentionPlan plan, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        int tasks = 0;
        foreach (RetiredRun run in plan.Runs.Where(run => run.Whole))
        {
            RunRecord? record = opened is null ? null : await opened.Journal.RunAsync(run.Run, cancellationToken);
            tasks += record?.Counts.Sum() ?? 0;
        }

        return tasks;
    }

    /// <summary>Worktrees of retired runs, also of those retired earlier; one with changes that are on no branch stays unless forced.</summary>
    private async Task<int> WorktreesAsync(
        StateFolder folder, RetentionPlan plan, CleanRequest request, List<string> kept, CancellationToken cancellationToken)
    {
        string[] paths = [.. (await RetiredAsync(folder, plan, cancellationToken)).SelectMany(Directory.GetDirectories)];
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
    private async Task<IReadOnlyList<string>> RetiredAsync(StateFolder folder, RetentionPlan plan, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        var retired = new List<string>();
        foreach (string path in Directory.Exists(folder.WorktreesPath) ? Directory.GetDirectories(folder.WorktreesPath) : [])
        {
            if (!int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                continue;
            }

            var run = new RunId(number);
            if (plan.Runs.Any(going => going.Run == run) || (opened is not null && await opened.Journal.RunAsync(run, cancellationToken) is null))
            {
                retired.Add(path);
            }
        }

        return retired;
    }
}
