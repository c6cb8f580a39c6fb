using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Postgres;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>Plaintext goes to this machine and to trusted networks only; auto finds the first host that answers.</summary>
public sealed class HostResolutionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("localhost", "", false)]
    [InlineData("[::1]", "", false)]
    [InlineData("127.9.8.7", "", false)]
    [InlineData("[::ffff:127.0.0.1]", "", false)]
    [InlineData("%2Frun%2Fpostgresql", "", false)]
    [InlineData("127.0.0.1", "?sslmode=verify-full", true)]
    [InlineData("192.0.2.1", "", true)]
    [InlineData("127.0.0.1,192.0.2.1", "", true)]
    [InlineData("10.1.2.3", "", false)]
    [InlineData("10.2.0.1", "", true)]
    [InlineData("10.1.2.3", "?sslmode=disable", false)]
    public async Task The_way_decides_whether_TLS_is_needed(string host, string query, bool needed)
    {
        (_, bool needs) = await Resolution($"postgres://me@{host}/db{query}", "10.1.0.0/16").ResolveAsync(Token);
        Assert.Equal(needed, needs);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("prefer")]
    [InlineData("require")]
    [InlineData("verify-ca")]
    public async Task Less_than_verified_TLS_to_elsewhere_is_refused_with_the_cure(string mode)
    {
        JournalException refused = await Assert.ThrowsAsync<JournalException>(async () =>
            await Resolution($"postgres://me:secret@192.0.2.1/db?sslmode={mode}").ResolveAsync(Token));
        Assert.Contains($"sslmode={mode}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("postgres.trusted_networks, for example 192.0.2.1/32", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_is_the_first_host_that_answers_and_says_so_once()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        List<string> notices = [];
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        HostResolution resolution = Resolution($"postgres://me@auto:{port}/db", null, notices.Add);
        (ImmutableArray<PostgresHost> hosts, _) = await resolution.ResolveAsync(Token);
        await resolution.ResolveAsync(Token);
        Assert.Equal([new PostgresHost("localhost", port)], hosts);
        Assert.Equal($"the journal's host auto is localhost:{port} here", Assert.Single(notices));
    }

    [Fact]
    public async Task Auto_falls_back_to_the_container_and_says_what_was_tried()
    {
        using TcpListener server = new(IPAddress.Parse("127.0.0.7"), 0);
        server.Start();
        List<string> notices = [];
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        (ImmutableArray<PostgresHost> hosts, _) = await Resolution($"postgres://me@auto:{port}/db", null, notices.Add, "127.0.0.7").ResolveAsync(Token);
        Assert.Equal([new PostgresHost("127.0.0.7", port)], hosts);
        Assert.Contains("before it: localhost (", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_without_an_answer_names_every_host_it_tried()
    {
        JournalException fault = await Assert.ThrowsAsync<JournalException>(async () =>
            await Resolution($"postgres://me@auto:{PostgresServer.FreePort()}/db").ResolveAsync(Token));
        Assert.True(fault.Retryable);
        Assert.Contains("Tried localhost (", fault.Message, StringComparison.Ordinal);
        Assert.Contains("host.docker.internal (", fault.Message, StringComparison.Ordinal);
        Assert.Contains("postgres.container (not set)", fault.Message, StringComparison.Ordinal);
    }

    private static HostResolution Resolution(string url, string? trusted = null, Action<string>? notice = null, string? container = null) => new(
        PostgresUrl.Parse(url).Url!,
        PostgresSettings.Default with { Container = container, TrustedNetworks = trusted is null ? [] : [IPNetwork.Parse(trusted)] },
        TimeProvider.System,
        notice ?? (static _ => { }));
}
