using Npgsql;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Journal.Postgres;

/// <summary>Follows a journal by what its server tells of each commit.</summary>
/// <remarks>A lost connection is made again, as long as somebody waits; what was committed meanwhile is asked for.</remarks>
internal sealed class PostgresChanges : IJournalChanges
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private readonly PostgresSource source;
    private PostgresLease? lease;
    private long newest;

    private PostgresChanges(PostgresSource source) => this.source = source;

    internal static async ValueTask<PostgresChanges> OpenAsync(PostgresSource source, CancellationToken cancellationToken)
    {
        PostgresChanges changes = new(source);
        try
        {
            await changes.ListenAsync(cancellationToken);
            return changes;
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault))
        {
            await changes.DisposeAsync();
            throw PostgresFault.Of(source.Url, fault);
        }
    }

    public async ValueTask<long> WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        while (newest <= sequence)
        {
            try
            {
                if (lease is null)
                {
                    await ListenAsync(cancellationToken);
                }
                else
                {
                    await lease.Connection.WaitAsync(cancellationToken);
                }
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault) || fault is JournalException { Retryable: true })
            {
                await DisposeAsync();
                await Task.Delay(BetweenAttempts, source.Time, cancellationToken);
            }
        }

        return newest;
    }

    public async ValueTask DisposeAsync()
    {
        if (lease is not null)
        {
            lease.Connection.Notification -= Told;
            await lease.DisposeAsync();
            lease = null;
        }
    }

    private async ValueTask ListenAsync(CancellationToken cancellationToken)
    {
        lease = await source.OpenAsync(cancellationToken);
        lease.Connection.Notification += Told;
        await using NpgsqlCommand name = new("SELECT quote_ident('plimsoll_' || current_schema())", lease.Connection);
        string channel = (string)(await name.ExecuteScalarAsync(cancellationToken))!;
        await using NpgsqlCommand listen = new($"LISTEN {channel}", lease.Connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);

        // Asked after LISTEN, so that no commit falls between the two.
        await using NpgsqlCommand now = new("SELECT sequence FROM journal", lease.Connection);
        newest = await now.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    private void Told(object sender, NpgsqlNotificationEventArgs told)
    {
        if (long.TryParse(told.Payload, out long sequence))
        {
            newest = Math.Max(newest, sequence);
        }
    }
}
