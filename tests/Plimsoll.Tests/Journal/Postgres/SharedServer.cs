using Plimsoll.Journal.Postgres;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>One server for the tests that leave it alive; each uses a database of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private PostgresServer? server;

    /// <summary>Skips the test when PostgreSQL is not installed.</summary>
    public PostgresServer Server
    {
        get
        {
            Component.RequireThat(server is not null, "postgresql");
            return server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Programs is not null)
        {
            server = await PostgresServer.StartAsync("max_connections=60");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    internal static PostgresStore Store(string url, PostgresSettings? settings = null, Action<string>? notice = null)
    {
        (PostgresUrl? parsed, string? refusal) = PostgresUrl.Parse(url);
        Assert.Null(refusal);
        return new PostgresStore(parsed!, settings ?? PostgresSettings.Default, TimeProvider.System, notice ?? (static _ => { }));
    }
}
