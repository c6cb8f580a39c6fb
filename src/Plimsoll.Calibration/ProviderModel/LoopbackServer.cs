using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Hands each HTTP request on a free loopback port to one answer; its end waits for those under way.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private const int PortAttempts = 20;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, CancellationToken, Task> _answer;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _answering = [];
    private readonly Task _serving;

    private LoopbackServer(HttpListener listener, int port, Func<HttpListenerContext, CancellationToken, Task> answer)
    {
        _listener = listener;
        _answer = answer;
        BaseUrl = $"http://127.0.0.1:{port}";
        _serving = ServeAsync();
    }

    public string BaseUrl { get; }

    /// <param name="answer">Its token is cancelled when the server closes.</param>
    public static LoopbackServer Start(Func<HttpListenerContext, CancellationToken, Task> answer)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            HttpListener listener = new();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new(listener, port, answer);
            }
            catch (HttpListenerException) when (attempt < PortAttempts)
            {
                // Someone else took the port between the look and the start.
                listener.Close();
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Close();
        _serving.Wait(LongestEnd);
        Task.WaitAll([.. _answering.Keys], LongestEnd);
        _closing.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            foreach (Task done in _answering.Keys.Where(task => task.IsCompleted))
                _answering.TryRemove(done, out _);
            _answering.TryAdd(TryAnswerAsync(context), true);
        }
    }

    private async Task TryAnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _answer(context, _closing.Token);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client hung up; it asks again or reports it. Or it is we who close.
        }
    }
}
