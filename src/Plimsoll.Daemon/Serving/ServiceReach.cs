using System.Net;
using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;

namespace Plimsoll.Daemon.Serving;

/// <summary>Where the service can be reached, and what each of its tasks is told of that.</summary>
internal sealed class ServiceReach(string stateFolder)
{
    /// <summary>The kernel allows 108 bytes for the path of a Unix socket, with its closing zero.</summary>
    private const int LongestPath = 104;

    private volatile string? url; // written once it listens, read by the loop

    public string Socket { get; } = SocketOf(stateFolder);

    public static string SocketOf(string stateFolder)
    {
        string path = Path.Combine(stateFolder, "api.sock");
        return Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : Control.ControlAddress.PathOf(stateFolder) + "-api";
    }

    /// <summary>Names and addresses that a Host header may carry.</summary>
    public static IReadOnlySet<string> Hosts(IReadOnlyList<IPEndPoint> listen)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "host.docker.internal", "host.containers.internal" };
        foreach (IPEndPoint address in listen)
        {
            hosts.Add(address.Address.ToString());
        }

        if (listen.Any(static address => !IPAddress.IsLoopback(address.Address)))
        {
            hosts.Add(Dns.GetHostName());
        }

        return hosts;
    }

    public void Listening(IReadOnlyList<string> urls) => url = urls.Count > 0 ? urls[0] : null;

    /// <summary>Entries of an attempt's environment.</summary>
    public IReadOnlyList<string> Of(AttemptId attempt, ServiceSecret secret) =>
        [$"PLIMSOLL_URL={url ?? "unix:" + Socket}", $"PLIMSOLL_TOKEN={secret.Of(attempt)}"];
}
