using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>Where verbs ask about runs and tasks: the project in this folder, or a service elsewhere.</summary>
public interface IWorkDesk
{
    /// <summary>Runs, newest first.</summary>
    Task<Outcome<IReadOnlyList<RunView>>> RunsAsync(int limit, CancellationToken cancellationToken);

    Task<Outcome<IReadOnlyList<TaskView>>> TasksAsync(TaskFilter filter, CancellationToken cancellationToken);

    /// <summary>All attempts of one task, or the last ones of all tasks of a run.</summary>
    Task<Outcome<IReadOnlyList<AttemptView>>> AttemptsAsync(TaskAddress address, CancellationToken cancellationToken);

    /// <summary>Why a task is where it is; for a run: every task that neither runs nor has ended, the next in turn first.</summary>
    Task<Outcome<IReadOnlyList<ExplanationView>>> ExplainAsync(TaskAddress address, int limit, CancellationToken cancellationToken);

    Task<Outcome<ChangeView>> CancelAsync(TaskAddress address, string reason, CancellationToken cancellationToken);

    /// <summary>Puts ended tasks back: one by name, or all failed and dead ones of a run.</summary>
    Task<Outcome<ChangeView>> RetryAsync(TaskAddress address, CancellationToken cancellationToken);

    /// <summary>Tasks that used up their retries, newest run first; of one run, or of all.</summary>
    Task<Outcome<IReadOnlyList<DeadView>>> DeadAsync(TaskAddress address, CancellationToken cancellationToken);

    /// <summary>Removes dead letters: they are listed no more, and their output goes.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    Task<Outcome<PurgeView>> PurgeAsync(TaskAddress address, bool dryRun, CancellationToken cancellationToken);

    /// <summary>The limits of the live run or service, after the change that is asked for.</summary>
    Task<Outcome<LimitsView>> LimitsAsync(int? run, LimitsRequest change, CancellationToken cancellationToken);
}
