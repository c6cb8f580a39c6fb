using Npgsql;

namespace Plimsoll.Journal.Postgres;

/// <summary>A connection in use; gives it and its place back.</summary>
internal sealed class PostgresLease(NpgsqlConnection connection, ConnectionGate gate) : IAsyncDisposable
{
    private bool given;

    internal NpgsqlConnection Connection { get; } = connection;

    public async ValueTask DisposeAsync()
    {
        if (!given)
        {
            given = true;
            try
            {
                await Connection.DisposeAsync();
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault))
            {
                // It was broken; there is nothing to give back.
            }
            finally
            {
                gate.Leave();
            }
        }
    }
}
