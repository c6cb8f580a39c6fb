using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.Tests.Gateway;

/// <summary>A provider of raw bytes: reads a request, records it, and lets a script write the answer.</summary>
internal sealed class RawUpstream : IDisposable
{
    private readonly LoopbackConnections connections;
    private readonly Func<string, NetworkStream, CancellationToken, Task> script;
    private int requests;

    public RawUpstream(Func<string, NetworkStream, CancellationToken, Task> script)
    {
        this.script = script;
        connections = new LoopbackConnections(ServeAsync);
    }

    public string BaseUrl => $"http://127.0.0.1:{connections.Port}";

    /// <summary>Heads and bodies as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Count => Volatile.Read(ref requests);

    public static Task WriteAsync(NetworkStream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();

    /// <summary>A whole answer in JSON.</summary>
    public static string Json(string body, string head = "HTTP/1.1 200 OK") =>
        $"{head}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose() => connections.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancellation)
    {
        while (await ReadAsync(stream, cancellation) is { } request)
        {
            Requests.Enqueue(request);
            Interlocked.Increment(ref requests);
            await script(request, stream, cancellation);
        }
    }

    private static async Task<string?> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[64 << 10];
        while (true)
        {
            int read = await stream.ReadAsync(buffer, cancellation);
            if (read == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            string all = text.ToString();
            int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            string? length = all[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (all.Length >= end + 4 + (length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)))
                return all;
        }
    }
}
