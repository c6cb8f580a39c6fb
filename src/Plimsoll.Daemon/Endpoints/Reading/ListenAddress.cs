using System.Net;
using System.Net.Sockets;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads <c>host:port</c>; a name is resolved.</summary>
internal static class ListenAddress
{
    public static async Task<Outcome<IReadOnlyList<IPEndPoint>>> ReadAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var found = new List<IPEndPoint>();
        foreach (string text in texts)
        {
            if (IPEndPoint.TryParse(text, out IPEndPoint? address) && text.Contains(':', StringComparison.Ordinal))
            {
                found.Add(address);
                continue;
            }

            int colon = text.LastIndexOf(':');
            if (colon < 1 || !ushort.TryParse(text.AsSpan(colon + 1), out ushort port))
            {
                return new Refusal(ExitCode.Invalid, $"--listen takes host:port, found '{text}'", "For example --listen 127.0.0.1:8000; port 0 takes a free one.");
            }

            try
            {
                found.AddRange((await Dns.GetHostAddressesAsync(text[..colon], cancellationToken)).Select(ip => new IPEndPoint(ip, port)));
            }
            catch (SocketException error)
            {
                return new Refusal(ExitCode.Invalid, $"--listen {text}: the host is not known ({error.Message})", "Use an address of this machine.");
            }
        }

        return found;
    }
}
