using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Daemon.Control;

/// <summary>Asks the Plimsoll that owns a state folder.</summary>
internal static class ControlClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null when nobody listens.</returns>
    public static async Task<ControlReply?> AskAsync(string stateFolder, ControlRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(ControlAddress.Of(stateFolder), limit.Token);
            await using var stream = new NetworkStream(socket);
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJsonContext.Default.ControlRequest), (byte)'\n'];
            await stream.WriteAsync(line, limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadLineAsync(limit.Token) is { } answer
                ? JsonSerializer.Deserialize(answer, ControlJsonContext.Default.ControlReply)
                : null;
        }
        catch (Exception error) when (error is SocketException or IOException or JsonException)
        {
            return null;
        }
    }
}
