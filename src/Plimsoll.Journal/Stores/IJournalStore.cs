using Plimsoll.Core.Ports;
using Plimsoll.Journal.Retention;

namespace Plimsoll.Journal.Stores;

/// <summary>Where a journal lives: opens it for its one writer, for readers, and for those who tidy it.</summary>
/// <remarks>Made by <see cref="JournalFactory"/>; safe for use by several threads. Dispose it after everything that was opened from it.</remarks>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>The place for people, without secrets.</summary>
    string Place { get; }

    /// <summary>What a server is asked for by this process; null when there is no server.</summary>
    PoolUse? Pool { get; }

    /// <summary>Removal of old runs and dead letters.</summary>
    IJournalUpkeep Upkeep { get; }

    /// <summary>False when nothing has ever been recorded here.</summary>
    /// <exception cref="JournalException">It cannot be told.</exception>
    ValueTask<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Creates the journal when it is missing and becomes its writer, unless another process is.</summary>
    /// <exception cref="JournalException">It cannot be used; the message says why and what to do.</exception>
    ValueTask<JournalOpening> OpenAsync(CancellationToken cancellationToken);

    /// <exception cref="JournalException">There is none, or it cannot be read; the message says why and what to do.</exception>
    ValueTask<IJournalReader> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Waits for changes without asking again and again.</summary>
    /// <exception cref="JournalException">There is none, or it cannot be followed.</exception>
    ValueTask<IJournalChanges> FollowAsync(CancellationToken cancellationToken);
}
