using System.Text;

namespace Plimsoll.Tests.Daemon.Streaming;

/// <summary>Reads a server-sent event stream as a browser would.</summary>
internal sealed class SseReader(Stream stream) : IDisposable
{
    private readonly StreamReader lines = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 128);

    public void Dispose() => lines.Dispose();

    public async Task<SseFrame> NextAsync(CancellationToken cancellationToken)
    {
        string? id = null;
        string? kind = null;
        string? data = null;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                if (id is not null || kind is not null || data is not null)
                {
                    return new SseFrame(id, kind, data);
                }

                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string value = line[(colon + 1)..].TrimStart(' ');
            switch (line[..colon])
            {
                case "id":
                    id = value;
                    break;
                case "event":
                    kind = value;
                    break;
                case "data":
                    data = data is null ? value : data + "\n" + value;
                    break;
            }
        }

        throw new EndOfStreamException("the stream has ended");
    }
}
