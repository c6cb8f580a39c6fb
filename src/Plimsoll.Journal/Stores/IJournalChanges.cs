namespace Plimsoll.Journal.Stores;

/// <summary>Tells when a journal has grown.</summary>
/// <remarks>One waiter at a time. What was seen stays seen: a change between two waits ends the second one at once.</remarks>
public interface IJournalChanges : IAsyncDisposable
{
    /// <summary>Waits until the journal is past a turn.</summary>
    /// <returns>The newest turn known, larger than <paramref name="sequence"/>.</returns>
    /// <exception cref="Core.Ports.JournalException">It cannot be followed any more.</exception>
    ValueTask<long> WaitAsync(long sequence, CancellationToken cancellationToken);
}
