using Plimsoll.Cli.Hosting;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Logs;

/// <summary>Prints the output of a task as it is written, from attempt to attempt, until the task has ended.</summary>
internal sealed class LogFollower(Project project, CliContext context, LogSelection selection)
{
    private const int PollsPerQuery = 5;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    private AttemptLog? _current;

    /// <summary>Returns what went wrong, or null at the end.</summary>
    public async Task<Refusal?> FollowAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        for (int poll = 0; !context.Out.ReaderGone; poll++)
        {
            bool ended = false;
            if (poll % PollsPerQuery == 0)
            {
                // Asked before copying: what is written after the answer "ended" was there before the copy.
                (ended, Refusal? refusal) = await QueryAsync(address, cancellationToken);
                if (refusal is not null)
                    return refusal;
            }

            _current?.Copy();
            if (ended)
                break;
            context.Out.Flush();
            context.Error.Flush();
            await Task.Delay(s_poll, context.Time, cancellationToken);
        }

        _current?.End();
        return null;
    }

    private async Task<(bool Ended, Refusal? Refusal)> QueryAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        if (!(await project.TasksAsync(new TaskFilter(address, [], 1), cancellationToken)).TryGet(out IReadOnlyList<TaskView>? tasks, out Refusal? refusal)
            || !(await project.AttemptsAsync(address, cancellationToken)).TryGet(out IReadOnlyList<AttemptView>? attempts, out refusal))
        {
            return (true, refusal);
        }

        foreach (AttemptView attempt in attempts)
        {
            if (_current is null ? attempt == attempts[^1] : attempt.Number > _current.Number)
            {
                _current?.Copy();
                _current?.End();
                _current = new AttemptLog(attempt, selection, context);
                if (attempt.Number > 1)
                    _current.WriteTitle();
            }
        }

        bool ended = tasks.Count > 0 && tasks[0].State is "succeeded" or "failed" or "dead" or "cancelled" or "skipped";
        return (ended, null);
    }
}
