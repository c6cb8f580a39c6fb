using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Hosting;

/// <summary>A journal opened for reading.</summary>
/// <param name="JournalId">Of the journal; part of branch names.</param>
internal sealed record ProjectReader(IJournalReader Journal, string JournalId) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Journal.DisposeAsync();
}
