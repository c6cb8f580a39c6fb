using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Retention;

/// <summary>Rows that may go: what retention and the purge of dead letters ask of a journal, beside its writer.</summary>
/// <remarks>All throw a <see cref="Core.Ports.JournalException"/> when the journal cannot be read or written.</remarks>
public interface IJournalUpkeep
{
    /// <summary>Bytes the rows take.</summary>
    ValueTask<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>Finished runs, oldest first.</summary>
    ValueTask<IReadOnlyList<FinishedRun>> FinishedAsync(CancellationToken cancellationToken);

    /// <summary>Dead letters of a run that were not purged.</summary>
    ValueTask<IReadOnlySet<TaskId>> DeadAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Removes the rows of a run, or only finds out whether it may go.</summary>
    /// <returns>False when the run is not finished any more: somebody retried one of its tasks.</returns>
    ValueTask<bool> TryRemoveAsync(RunId run, bool rows, CancellationToken cancellationToken);

    /// <summary>Deletes old changes of limits, breakers and intake, of each but the newest, and gives room back.</summary>
    ValueTask TidyAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Tasks whose latest death was purged.</summary>
    ValueTask<IReadOnlySet<TaskId>> PurgedAsync(CancellationToken cancellationToken);

    /// <summary>Marks a dead letter as purged.</summary>
    /// <returns>False when it is none any more.</returns>
    ValueTask<bool> TryPurgeAsync(TaskId task, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Numbers of all attempts of a task.</summary>
    ValueTask<IReadOnlyList<int>> AttemptsAsync(TaskId task, CancellationToken cancellationToken);

    /// <summary>Writes everything that is durable now into a new file that can take the place of the journal's.</summary>
    /// <param name="file">Must not exist; its folder must.</param>
    ValueTask BackUpAsync(string file, CancellationToken cancellationToken);
}
