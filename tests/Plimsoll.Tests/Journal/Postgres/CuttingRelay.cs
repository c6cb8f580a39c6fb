using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Tests.Journal.Postgres;

/// <summary>A relay on loopback before a server that cuts a connection at a chosen moment of the next exchange.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly int server;
    private readonly List<Task> work = [];
    private readonly Task accepting;
    private int cut; // a Cut; taken by the pump that meets its moment

    internal CuttingRelay(int server)
    {
        this.server = server;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    internal int Port { get; }

    /// <summary>True until the cut that was asked for has happened.</summary>
    internal bool IsArmed => Volatile.Read(ref cut) != 0;

    internal void Arm(Cut moment) => Volatile.Write(ref cut, (int)moment);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        foreach (Task one in work)
        {
            await one;
        }

        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(closing.Token);
                work.Add(RelayAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new() { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, server, closing.Token);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
            Task up = PumpAsync(near.GetStream(), far.GetStream(), isRequest: true, either);
            Task down = PumpAsync(far.GetStream(), near.GetStream(), isRequest: false, either);
            await up;
            await down;
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The server is away, or the relay is.
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isRequest, CancellationTokenSource connection)
    {
        byte[] buffer = new byte[64 << 10];
        try
        {
            int length;
            while ((length = await from.ReadAsync(buffer, connection.Token)) > 0)
            {
                if (isRequest && Takes(Cut.BeforeRequest))
                {
                    break;
                }

                if (isRequest && Takes(Cut.InsideRequest))
                {
                    await to.WriteAsync(buffer.AsMemory(0, length / 2), connection.Token);
                    break;
                }

                if (!isRequest && Takes(Cut.BeforeAnswer))
                {
                    break;
                }

                await to.WriteAsync(buffer.AsMemory(0, length), connection.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other pump has cut.
        }
        finally
        {
            await connection.CancelAsync();
        }
    }

    private bool Takes(Cut moment) => Interlocked.CompareExchange(ref cut, 0, (int)moment) == (int)moment;
}
