using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>Answers every request at once with the same bytes: the cheapest provider there is, so that what stands before it can be measured.</summary>
public sealed class SteadyServer : IDisposable
{
    private readonly byte[] _answer;
    private readonly LoopbackServer _server;
    private long _requests;

    private SteadyServer(byte[] answer, int port)
    {
        _answer = answer;
        _server = LoopbackServer.StartBare(ServeAsync, port);
    }

    /// <summary>Answered so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public string BaseUrl => _server.BaseUrl;

    /// <param name="answer">Status line, headers and body.</param>
    /// <param name="port">0 = any free one.</param>
    public static SteadyServer Start(byte[] answer, int port = 0) => new(answer, port);

    /// <summary>A whole answer with a Content-Length.</summary>
    /// <param name="headers">Beside type and length.</param>
    public static byte[] Whole(string type, IEnumerable<KeyValuePair<string, string>> headers, string body)
    {
        StringBuilder text = new($"HTTP/1.1 200 OK\r\ncontent-type: {type}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach ((string name, string value) in headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }

    public void Dispose() => _server.Dispose();

    private async Task ServeAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        PipeReader input = connection.Transport.Input;
        PipeWriter output = connection.Transport.Output;
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            int answers = 0;
            while (RequestFrame.TryRead(ref buffer))
            {
                output.Write(_answer);
                answers++;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            Interlocked.Add(ref _requests, answers);
            if (answers > 0 && (await output.FlushAsync(cancellationToken)).IsCompleted)
                return;
            if (read.IsCompleted)
                return;
        }
    }
}
