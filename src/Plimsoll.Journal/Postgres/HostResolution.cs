using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Postgres;

/// <summary>Finds out where the hosts of a URL are, and whether the way to them needs TLS.</summary>
/// <remarks>
/// Plaintext goes to sockets, to addresses of this machine and to trusted networks only. A name is looked up here, and a plaintext
/// connection goes to the address that was judged, so that a name which changes its meaning cannot lead it elsewhere.
/// </remarks>
internal sealed class HostResolution(PostgresUrl url, PostgresSettings settings, TimeProvider time, Action<string> notice)
{
    private static readonly TimeSpan Knock = TimeSpan.FromSeconds(2);

    private string? chosen; // what auto stood for the last time

    /// <summary>The servers to connect to, and whether TLS with a verified certificate is needed.</summary>
    /// <exception cref="JournalException">No host answers, or the URL asks for less safety than the way needs.</exception>
    internal async ValueTask<(ImmutableArray<PostgresHost> Servers, bool NeedsTls)> ResolveAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<PostgresHost>.Builder servers = ImmutableArray.CreateBuilder<PostgresHost>();
        ImmutableArray<PostgresHost>.Builder named = ImmutableArray.CreateBuilder<PostgresHost>();
        string? mode = url.Parameters.GetValueOrDefault("sslmode");
        PostgresHost? unsafeHost = null;
        IPAddress? unsafeAddress = null;
        foreach (PostgresHost written in url.Hosts)
        {
            PostgresHost host = written.Name == PostgresHost.Auto ? await ChooseAsync(written.Port, cancellationToken) : written;
            named.Add(host);
            if (host.IsSocket)
            {
                servers.Add(host);
                continue;
            }

            IPAddress[] addresses = await LookUpAsync(host, cancellationToken);
            IPAddress? outside = Array.Find(addresses, address => !IsTrusted(address));
            if (outside is null)
            {
                servers.AddRange(host.Name == "localhost" ? [host] : addresses.Select(address => new PostgresHost(address.ToString(), host.Port)));
            }
            else
            {
                (unsafeHost, unsafeAddress) = (host, outside);
            }
        }

        if (unsafeHost is { } exposed && mode is not (null or "verify-full"))
        {
            throw new JournalException(
                $"Journal {url}: sslmode={mode} is refused on the way to {exposed.Name} ({unsafeAddress}), which is neither this machine nor in a trusted network. "
                + $"Leave sslmode out (the certificate is verified then), or add the network to postgres.trusted_networks, for example {unsafeAddress}/{(unsafeAddress!.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)}.",
                retryable: false);
        }

        if (unsafeHost is null && mode != "verify-full")
        {
            return (servers.ToImmutable(), false);
        }

        // One host that needs TLS makes all need it: the driver knows one setting. A certificate is for a name, so all keep theirs.
        return named.Any(host => host.IsSocket) ? throw Mixed() : (named.ToImmutable(), true);
    }

    private JournalException Mixed() =>
        new($"Journal {url}: a socket and a host that needs TLS cannot be in one URL. Name the hosts only.", retryable: false);

    /// <summary>What <c>auto</c> stands for here: the first host that answers.</summary>
    private async ValueTask<PostgresHost> ChooseAsync(int port, CancellationToken cancellationToken)
    {
        List<string> failures = [];
        foreach (string? name in (string?[])["localhost", "host.docker.internal", settings.Container])
        {
            if (name is null)
            {
                failures.Add("postgres.container (not set)");
                continue;
            }

            string? failure = await KnockAsync(name, port, cancellationToken);
            if (failure is null)
            {
                if (chosen != name)
                {
                    chosen = name;
                    notice($"the journal's host auto is {name}:{port} here{(failures.Count > 0 ? $"; before it: {string.Join(", ", failures)}" : "")}");
                }

                return new PostgresHost(name, port);
            }

            failures.Add($"{name} ({failure})");
        }

        throw new JournalException(
            $"Journal {url}: no host answers on port {port}. Tried {string.Join(", ", failures)}. Start the server, or write its host instead of auto.", retryable: true);
    }

    private async ValueTask<string?> KnockAsync(string name, int port, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Knock, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(name, port, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Knock.TotalSeconds} s";
        }
        catch (SocketException fault)
        {
            return fault.Message;
        }
    }

    private async ValueTask<IPAddress[]> LookUpAsync(PostgresHost host, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Name, cancellationToken);
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException fault)
        {
            throw new JournalException($"Journal {url}: the host {host.Name} has no address here ({fault.Message}). Check the name.", retryable: true, fault);
        }
    }

    private bool IsTrusted(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || settings.TrustedNetworks.Any(network => network.Contains(plain));
    }
}
