using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Plimsoll.Tests.Support;

/// <summary>A PostgreSQL server of its own in a temporary folder, on a socket there and on a loopback port; gone when disposed.</summary>
/// <remarks>The server refuses to run as root, so root starts it as the user <c>postgres</c>.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "plimsoll";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? process;

    private PostgresServer(string folder, int port)
    {
        Folder = folder;
        Port = port;
    }

    public string Folder { get; }

    public int Port { get; }

    public string Data => Path.Combine(Folder, "data");

    /// <summary>Where PostgreSQL's programs are; null when it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>Initialises and starts a server; <see cref="Programs"/> must be there.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        PostgresServer server = new(Fresh(), FreePort());
        await server.RunAsync("initdb", "-D", server.Data, "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
        await server.StartAgainAsync(settings);
        return server;
    }

    /// <summary>Copies a running primary and starts the copy as its standby.</summary>
    public static async Task<PostgresServer> StandbyOfAsync(PostgresServer primary, string name)
    {
        PostgresServer server = new(Fresh(), FreePort());
        await server.RunAsync(
            "pg_basebackup", "-D", server.Data, "-R", "--no-sync", "-c", "fast", "-d", $"host=127.0.0.1 port={primary.Port} user={User} application_name={name}");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>The URL of a database here.</summary>
    public string Url(string database, string query = "") => $"postgres://{User}@127.0.0.1:{Port}/{database}{query}";

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using NpgsqlConnection connection = await ConnectAsync(database);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, string database = "postgres")
    {
        await using NpgsqlConnection connection = await ConnectAsync(database);
        await using NpgsqlCommand command = new(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"j{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Starts the server once more after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync(params string[] settings)
    {
        List<string> arguments = ["-D", Data, "-k", Folder, "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "wal_sync_method=fdatasync"];
        arguments.AddRange(settings.SelectMany(setting => new[] { "-c", setting }));
        ProcessStartInfo start = Program("postgres", arguments);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (TimeProvider.System.GetElapsedTime(begun) < Patience && !process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <summary>Ends the server.</summary>
    /// <param name="signal"><c>INT</c> ends connections first, <c>QUIT</c> drops everything at once as a crash does.</param>
    public async Task StopAsync(string signal)
    {
        if (process is { HasExited: false } running)
        {
            using Process kill = Process.Start("kill", ["-s", signal, (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0]]);
            await kill.WaitForExitAsync();
            using CancellationTokenSource patience = new(Patience);
            await running.WaitForExitAsync(patience.Token);
        }

        process?.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("QUIT");
        Directory.Delete(Folder, recursive: true);
    }

    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Fresh()
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using Process own = Process.Start("chown", ["postgres", folder]);
            own.WaitForExit();
        }

        return folder;
    }

    private async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        NpgsqlConnection connection = new($"Host=127.0.0.1;Port={Port};Username={User};Database={database};Pooling=false;SSL Mode=Disable;Timeout=5");
        await connection.OpenAsync();
        return connection;
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = Program(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process run = Process.Start(start)!;
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        string error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        await output;
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {error}");
        }
    }

    private ProcessStartInfo Program(string program, IEnumerable<string> arguments)
    {
        string path = Path.Combine(Programs!, program);
        string[] words = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
        return new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder };
    }
}
