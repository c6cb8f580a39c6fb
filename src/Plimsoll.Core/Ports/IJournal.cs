using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Ports;

/// <summary>Makes facts durable. One writer; see <see cref="IJournalReader"/> for everything that is read.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Unique per journal, made with it; part of every attempt's environment.</summary>
    string Id { get; }

    /// <summary>This writer's epoch: one more than that of the writer before.</summary>
    long Epoch { get; }

    /// <summary>Sequence of the last durable turn.</summary>
    long Sequence { get; }

    /// <summary>Highest run number ever recorded, 0 when there is none.</summary>
    RunId LastRun { get; }

    /// <summary>Time of the newest fact; the epoch's beginning when there is none. Kernel time never runs behind it.</summary>
    DateTimeOffset LastAt { get; }

    /// <summary>Writes one turn in one transaction; several waiting turns may share a commit.</summary>
    /// <returns>Committed, or fenced when another writer has taken over (checked in the same transaction).</returns>
    /// <exception cref="JournalException">The turn is not durable (disk full, locked, corrupt); the same batch may be tried again.</exception>
    ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken);

    /// <summary>All facts that rebuild the state of runs that have not finished, in journal order.</summary>
    IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken);
}
