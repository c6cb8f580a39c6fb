using Plimsoll.Core.Ports;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Daemon.Hosting;

/// <summary>A journal opened for reading.</summary>
/// <param name="Store">Where it is; goes with the reader.</param>
internal sealed record ProjectReader(IJournalReader Journal, IJournalStore Store) : IAsyncDisposable
{
    /// <summary>Of the journal; part of branch names.</summary>
    public string JournalId => Journal.Id;

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await Store.DisposeAsync();
    }
}
