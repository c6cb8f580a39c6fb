using System.Net.Sockets;

namespace Plimsoll.Benchmarks.Frame;

/// <summary>Makes HTTP clients that speak over a Unix socket.</summary>
internal static class SocketClient
{
    public static HttpClient To(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
