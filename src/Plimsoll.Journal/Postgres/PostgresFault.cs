using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Postgres;

/// <summary>Says what went wrong with a server, and what to do about it.</summary>
internal static class PostgresFault
{
    /// <summary>State of <c>journal_advance</c> when a turn does not follow what is there.</summary>
    internal const string NotNext = "PLM01";

    /// <summary>Whether an exception comes from the way to the server or from the server itself.</summary>
    internal static bool Concerns(Exception fault) => fault is NpgsqlException or IOException or SocketException or TimeoutException or AuthenticationException or ObjectDisposedException;

    /// <summary>True when the connection may be gone, so that nobody knows whether the last commit was made.</summary>
    internal static bool LosesConnection(Exception fault) => fault is not PostgresException said
        || said.SqlState is "57P01" or "57P02" or "57P03" or "57P05" or "25006" or "57014" or "25P03" || said.SqlState.StartsWith("08", StringComparison.Ordinal);

    internal static JournalException Of(PostgresUrl url, Exception fault) => fault as JournalException ?? fault switch
    {
        NpgsqlException { InnerException: AggregateException all } when all.InnerExceptions.FirstOrDefault(one => one is PostgresException) is { } said => Of(url, said),
        PostgresException said => new JournalException($"Journal {url}: {Cure(url, said)}", IsPassing(said), fault),
        NpgsqlException { InnerException: AuthenticationException tls } => new JournalException(
            $"Journal {url}: the server's certificate was not accepted ({tls.InnerException?.Message ?? tls.Message}). Name its authority with ?sslrootcert=FILE and the host as the certificate has it.", retryable: true, fault),
        NpgsqlException when fault.Message.Contains("SSL", StringComparison.Ordinal) => new JournalException(
            $"Journal {url}: the server does not offer TLS, which the way to it needs ({fault.Message}). Switch ssl on in postgresql.conf, or add the server's network to postgres.trusted_networks.", retryable: true, fault),
        NpgsqlException when fault.Message.Contains("No password", StringComparison.OrdinalIgnoreCase) => new JournalException(
            $"Journal {url}: the server asks for a password. Set PGPASSWORD, or write it to a passfile (~/.pgpass).", retryable: true, fault),
        _ => new JournalException($"Journal {url}: the server cannot be reached ({Short(fault)}). Start it, or check host and port.", retryable: true, fault),
    };

    private static string Cure(PostgresUrl url, PostgresException said) => said.SqlState switch
    {
        "28P01" or "28000" => $"the server refuses user {url.User} ({said.MessageText}). Set PGPASSWORD, write a passfile (~/.pgpass), or allow the user in pg_hba.conf.",
        "3D000" => $"the server has no database {url.Database}. Make it with createdb {url.Database}.",
        "42501" => $"user {url.User} lacks a right ({said.MessageText}). Make it the owner of the database, or grant CREATE and USAGE on the schema.",
        "53300" => $"the server has no connection left ({said.MessageText}). Raise max_connections there, or lower postgres.pool_size.",
        "53100" => $"the server's disk is full ({said.MessageText}). Free space there; what waits is written then.",
        "57P03" => $"the server is not ready yet ({said.MessageText}).",
        "57P01" or "57P02" => $"the server ended the connection ({said.MessageText}).",
        "25006" => "the server is a standby, which takes no writes. Name all servers in the URL (postgres://user@one,two/database), so that the primary is found.",
        "42P01" or "42703" or "42883" => $"its tables are not as Plimsoll made them ({said.MessageText}). Restore them from a backup, or use an empty schema with ?schema=NAME.",
        _ => $"the server says {said.SqlState}: {said.MessageText}.",
    };

    /// <summary>A statement that is wrong, or rows that contradict each other, stay so; the rest may pass: connections, rights, room, restarts.</summary>
    private static bool IsPassing(PostgresException said) =>
        said.SqlState == "42501" || said.SqlState[..2] is not ("22" or "23" or "42" or "XX" or "0A");

    private static string Short(Exception fault)
    {
        Exception inner = fault;
        while (inner.InnerException is { } deeper)
        {
            inner = deeper;
        }

        return inner.Message.TrimEnd('.');
    }
}
