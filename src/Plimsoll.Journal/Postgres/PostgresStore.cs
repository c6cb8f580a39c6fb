using Npgsql;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Journal.Postgres;

/// <summary>A journal in a schema of a PostgreSQL database.</summary>
internal sealed class PostgresStore : IJournalStore
{
    private readonly PostgresSource source;

    internal PostgresStore(PostgresUrl url, PostgresSettings settings, TimeProvider time, Action<string> notice)
    {
        source = new PostgresSource(url, settings, time, notice);
        Upkeep = new PostgresUpkeep(source);
    }

    public string Place => source.Url.ToString();

    public PoolUse? Pool => source.Use;

    public IJournalUpkeep Upkeep { get; }

    public async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => await IdAsync(cancellationToken) is not null;

    public ValueTask<JournalOpening> OpenAsync(CancellationToken cancellationToken) => OpenAsync(takeOver: false, cancellationToken);

    public async ValueTask<IJournalReader> ReadAsync(CancellationToken cancellationToken) => new PostgresJournalReader(
        source,
        await IdAsync(cancellationToken) ?? throw new JournalException($"Journal {Place}: there is none. Start a run first, or check database and schema.", retryable: true));

    public async ValueTask<IJournalChanges> FollowAsync(CancellationToken cancellationToken) => await PostgresChanges.OpenAsync(source, cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <param name="takeOver">Ends the session of a writer that is still connected.</param>
    internal async ValueTask<JournalOpening> OpenAsync(bool takeOver, CancellationToken cancellationToken)
    {
        (PostgresJournal? journal, string? owner) = await PostgresJournal.OpenAsync(source, takeOver, cancellationToken);
        return new JournalOpening(journal is null ? null : new WatchedJournal(journal, source.Time), owner);
    }

    /// <summary>Null when nothing was ever recorded; refuses a journal that is newer than this program.</summary>
    private async ValueTask<string?> IdAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using PostgresLease lease = await source.OpenAsync(cancellationToken);
            if (await PostgresSchema.CheckAsync(lease.Connection, source.Url, cancellationToken) == 0)
            {
                return null;
            }

            await using NpgsqlCommand command = new("SELECT uuid FROM journal", lease.Connection);
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault))
        {
            throw PostgresFault.Of(source.Url, fault);
        }
    }
}
