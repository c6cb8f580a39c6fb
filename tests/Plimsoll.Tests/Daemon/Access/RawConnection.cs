using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Plimsoll.Tests.Daemon.Access;

/// <summary>A TCP connection that says exactly what it is told, as no client of good manners would.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);
    private readonly TcpClient client = new();
    private NetworkStream stream = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri url)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(url.Host, url.Port, Cancellation);
        connection.stream = connection.client.GetStream();
        return connection;
    }

    /// <summary>Sends text as Latin-1; false when the other side has hung up.</summary>
    public async Task<bool> SendAsync(string text)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Everything that comes until the other side closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(Enough, Cancellation) is > 0 and int count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        return text.ToString();
    }

    public void Dispose() => client.Dispose();
}
