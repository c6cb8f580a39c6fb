using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Journal.Postgres;

/// <summary>Connections to the server of a journal.</summary>
internal sealed class PostgresSource(PostgresUrl url, PostgresSettings settings, TimeProvider time, Action<string> notice) : IAsyncDisposable
{
    private const int OldestServer = 13;

    /// <summary>What the server keeps of an application's name.</summary>
    private const int LongestName = 63;

    private readonly ConnectionGate gate = new(settings.PoolLeast, settings.PoolSize, settings.PoolCeiling, time);
    private readonly HostResolution hosts = new(url, settings, time, notice);
    private readonly PoolMeter meter = new();
    private readonly SemaphoreSlim resolving = new(1, 1);
    private ImmutableArray<PostgresHost> servers = []; // guarded by resolving
    private long cursors;
    private NpgsqlDataSource? pool; // set under resolving, read by anyone

    /// <summary>Who is connected, for the one that finds the journal taken.</summary>
    internal static string ApplicationName { get; } = Shorten($"plimsoll pid {Environment.ProcessId} on {Environment.MachineName}");

    internal PostgresUrl Url => url;

    internal TimeProvider Time => time;

    internal PoolUse Use => gate.Use(meter.Open);

    /// <summary>The schema the journal's tables are in; empty = the first of the server's search path.</summary>
    internal string Schema => url.Schema;

    /// <summary>A name for a cursor.</summary>
    /// <remarks>Never used twice: the driver prepares statements it meets again, and must not take two cursors for the same.</remarks>
    internal string NewCursor() => string.Create(CultureInfo.InvariantCulture, $"rows{Interlocked.Increment(ref cursors)}");

    /// <summary>A connection from the pool.</summary>
    /// <exception cref="JournalException">None can be had.</exception>
    internal async ValueTask<PostgresLease> OpenAsync(CancellationToken cancellationToken)
    {
        await gate.EnterAsync(cancellationToken);
        NpgsqlConnection connection;
        try
        {
            connection = await ConnectAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            gate.Leave();
            if (fault is PostgresException { SqlState: "53300" })
            {
                gate.Refused();
            }

            if (!PostgresFault.Concerns(fault))
            {
                throw;
            }

            throw PostgresFault.Of(url, fault);
        }

        PostgresLease lease = new(connection, gate);
        if (connection.PostgreSqlVersion.Major >= OldestServer)
        {
            return lease;
        }

        await lease.DisposeAsync();
        throw new JournalException($"Journal {url}: the server is PostgreSQL {connection.PostgreSqlVersion}, and Plimsoll needs {OldestServer} or newer. Upgrade it.", retryable: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (pool is not null)
        {
            await pool.DisposeAsync();
        }

        meter.Dispose();
        resolving.Dispose();
    }

    /// <summary>Looks the hosts up again when none answers: names may have come to mean other addresses.</summary>
    private async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (pool is { } known)
        {
            try
            {
                return await known.OpenConnectionAsync(cancellationToken);
            }
            catch (Exception fault) when (PostgresFault.Concerns(fault) && fault is not PostgresException)
            {
                if (!await ResolveAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
        else
        {
            await ResolveAsync(cancellationToken);
        }

        return await pool!.OpenConnectionAsync(cancellationToken);
    }

    /// <returns>Whether there is another pool now.</returns>
    private async ValueTask<bool> ResolveAsync(CancellationToken cancellationToken)
    {
        await resolving.WaitAsync(cancellationToken);
        try
        {
            (ImmutableArray<PostgresHost> found, bool needsTls) = await hosts.ResolveAsync(cancellationToken);
            if (pool is not null && found.SequenceEqual(servers))
            {
                return false;
            }

            // Connections of the pool before go on until they are given back.
            NpgsqlDataSource? before = pool;
            servers = found;
            pool = Build(needsTls);
            before?.Clear();
            return true;
        }
        finally
        {
            resolving.Release();
        }
    }

    private NpgsqlDataSource Build(bool needsTls)
    {
        NpgsqlSlimDataSourceBuilder builder = new(Settings(needsTls).ConnectionString);
        builder.Name = meter.PoolName;
        builder.EnableArrays();
        if (builder.ConnectionStringBuilder.SslMode != SslMode.Disable)
        {
            builder.EnableTransportSecurity();
        }

        return servers.Length == 1 ? builder.Build() : builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    private NpgsqlConnectionStringBuilder Settings(bool needsTls)
    {
        string? mode = url.Parameters.GetValueOrDefault("sslmode");
        NpgsqlConnectionStringBuilder built = new()
        {
            Host = servers.Length == 1 ? servers[0].Name : string.Join(',', servers.Select(WithPort)),
            Port = servers[0].Port,
            Username = url.User,
            Password = url.Password ?? settings.Password,
            Passfile = settings.Passfile,
            Database = url.Database,
            ApplicationName = ApplicationName,
            SslMode = needsTls ? SslMode.VerifyFull : mode is null || servers.Any(server => server.IsSocket) ? SslMode.Disable : Mode(mode),
            RootCertificate = url.Parameters.GetValueOrDefault("sslrootcert"),
            SslCertificate = url.Parameters.GetValueOrDefault("sslcert"),
            SslKey = url.Parameters.GetValueOrDefault("sslkey"),
            GssEncryptionMode = GssEncryptionMode.Disable,
            MinPoolSize = Math.Min(settings.PoolLeast, settings.PoolCeiling),
            MaxPoolSize = Math.Max(settings.PoolSize, settings.PoolCeiling),
            ConnectionIdleLifetime = 60,
            ConnectionPruningInterval = 10,
            Timeout = int.TryParse(url.Parameters.GetValueOrDefault("connect_timeout"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : 5,
            CommandTimeout = 30,
            CancellationTimeout = -1, // a commit that was given up is settled by asking the journal, not by waiting for the answer
            KeepAlive = 30,
            HostRecheckSeconds = 1,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        if (Schema.Length > 0)
        {
            built.SearchPath = $"\"{Schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        return built;
    }

    private static string Shorten(string name) => name.Length > LongestName ? name[..LongestName] : name;

    private static string WithPort(PostgresHost server) =>
        server.IsSocket ? server.Name : server.Name.Contains(':', StringComparison.Ordinal) ? $"[{server.Name}]:{server.Port}" : $"{server.Name}:{server.Port}";

    private static SslMode Mode(string mode) => mode switch
    {
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => SslMode.Disable,
    };
}
