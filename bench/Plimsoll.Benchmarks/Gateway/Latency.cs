using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>One connection, one request after another, over a bare socket: what a single caller waits.</summary>
internal sealed class Latency : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] request;
    private readonly byte[] buffer = new byte[16 << 10];

    public Latency(Player to)
    {
        Uri url = new(to.Url);
        socket.Connect(url.Host, url.Port);
        request = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/messages HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nx-api-key: {to.Key}\r\nContent-Length: {Wrk.Body.Length}\r\n\r\n{Wrk.Body}"));
    }

    /// <summary>Microseconds from the first byte sent to the last byte received.</summary>
    public double Once()
    {
        long begun = Stopwatch.GetTimestamp();
        socket.Send(request);
        int have = 0;
        int whole = int.MaxValue;
        while (have < whole)
        {
            int read = socket.Receive(buffer, have, buffer.Length - have, SocketFlags.None);
            have += read > 0 ? read : throw new IOException("the connection ended");
            if (whole == int.MaxValue)
            {
                whole = WholeLength(buffer.AsSpan(0, have));
            }
        }

        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
    }

    public void Dispose() => socket.Dispose();

    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        int head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return int.MaxValue;
        }

        string headers = Encoding.ASCII.GetString(bytes[..head]);
        int at = headers.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        return head + 4 + int.Parse(headers.AsSpan(at + 15).Trim().ToString().Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
