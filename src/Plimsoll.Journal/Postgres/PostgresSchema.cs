using System.Globalization;
using System.Reflection;
using Npgsql;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Postgres;

/// <summary>Brings a journal's schema to the version this program writes, by the numbered scripts it has not seen yet.</summary>
/// <remarks>The table <c>migration</c> lists the scripts that were run; a script is never changed once it was released.</remarks>
internal static class PostgresSchema
{
    private const string Prefix = "postgres.";

    /// <summary>Held while scripts run, so that two programs do not run the same one.</summary>
    private const long MigrationLock = 0x706c696d6d6967;

    private static readonly Assembly Scripts = typeof(PostgresSchema).Assembly;

    internal static int Newest { get; } = Scripts.GetManifestResourceNames().Count(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>The version of the schema, 0 when there is no journal; refuses one that is newer than this program.</summary>
    internal static async ValueTask<int> CheckAsync(NpgsqlConnection connection, PostgresUrl url, CancellationToken cancellationToken)
    {
        object? found = await ScalarAsync(connection, "SELECT to_regclass('migration') IS NOT NULL", cancellationToken);
        int version = found is true ? (int)(await ScalarAsync(connection, "SELECT coalesce(max(version), 0) FROM migration", cancellationToken))! : 0;
        return version <= Newest
            ? version
            : throw new JournalException($"Journal {url}: its version is {version}, and this Plimsoll knows versions up to {Newest}. Use the newer Plimsoll that wrote it, or another schema with ?schema=NAME.", retryable: false);
    }

    /// <summary>Runs the missing scripts, each in one transaction with its number.</summary>
    internal static async ValueTask MigrateAsync(NpgsqlConnection connection, PostgresUrl url, CancellationToken cancellationToken)
    {
        if (await CheckAsync(connection, url, cancellationToken) == Newest)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        if (url.Schema.Length > 0)
        {
            await RunAsync(connection, $"CREATE SCHEMA IF NOT EXISTS \"{url.Schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken);
        }

        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", cancellationToken);
        for (int version = await CheckAsync(connection, url, cancellationToken) + 1; version <= Newest; version++)
        {
            await RunAsync(connection, Script(version), cancellationToken);
            await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO migration (version) VALUES ({version})"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async ValueTask<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async ValueTask RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Script(int version)
    {
        string name = Prefix + version.ToString("0000", CultureInfo.InvariantCulture) + ".sql";
        using Stream stream = Scripts.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"migration {name} is missing from the program");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
