using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Control;

/// <summary>Answers other Plimsolls of the same user while this one owns the state folder: cancel, retry, why, limits.</summary>
/// <remarks>A Unix socket of mode 0600 in a folder of mode 0700; one connection at a time, one line each way, at most 64 KiB and 5 s.</remarks>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int LongestLine = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket? listener;
    private readonly string path;
    private readonly IControlActions actions;
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    private ControlServer(Socket? listener, string path, IControlActions actions)
    {
        this.listener = listener;
        this.path = path;
        this.actions = actions;
        serving = listener is null ? Task.CompletedTask : ServeAsync(listener);
    }

    /// <summary>Begins to listen. A socket that cannot be made costs the verbs of other terminals, not the run.</summary>
    /// <param name="notice">Told why the socket cannot be made.</param>
    public static ControlServer Start(string stateFolder, IControlActions actions, Action<string> notice)
    {
        string path = ControlAddress.PathOf(stateFolder);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path); // Left by a killed owner; the lock on the state folder says that it is gone.
            socket.Bind(ControlAddress.Of(stateFolder));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(8);
            return new ControlServer(socket, path, actions);
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            notice($"other terminals cannot reach this run, {path} cannot be made: {error.Message}");
            return new ControlServer(null, path, actions);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener?.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (listener is not null)
        {
            File.Delete(path);
        }

        stop.Dispose();
    }

    private async Task ServeAsync(Socket socket)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using Socket client = await socket.AcceptAsync(stop.Token);
                await ServeOneAsync(client);
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that left or was too slow; the next one may do better.
            }
        }
    }

    private async Task ServeOneAsync(Socket client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limit.CancelAfter(Patience);
        await using var stream = new NetworkStream(client);
        ControlReply reply = await AnswerAsync(await ReadLineAsync(stream, limit.Token), limit.Token);
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(reply, ControlJsonContext.Default.ControlReply), (byte)'\n'];
        await stream.WriteAsync(line, limit.Token);
    }

    private async Task<ControlReply> AnswerAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        try
        {
            ControlRequest? request = JsonSerializer.Deserialize(line.Span, ControlJsonContext.Default.ControlRequest);
            return request is null
                ? new ControlReply((int)ExitCode.Invalid, "the request is empty", null, null, null)
                : await actions.AnswerAsync(request, cancellationToken);
        }
        catch (JsonException error)
        {
            return new ControlReply((int)ExitCode.Invalid, $"the request is no JSON that this version understands: {error.Message}", null, null, null);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        while (line.WrittenCount < LongestLine)
        {
            int read = await stream.ReadAsync(line.GetMemory(1024), cancellationToken);
            line.Advance(read);
            int end = line.WrittenSpan.IndexOf((byte)'\n');
            if (end >= 0 || read == 0)
            {
                return line.WrittenMemory[..(end >= 0 ? end : line.WrittenCount)];
            }
        }

        throw new IOException("the request is longer than 64 KiB");
    }
}
