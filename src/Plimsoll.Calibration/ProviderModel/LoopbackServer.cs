using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>Hands each HTTP request, or each bare connection, on a loopback port to one answer; its end waits for those under way.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);
    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _closing;

    private LoopbackServer(KestrelServer kestrel, int port, CancellationTokenSource closing)
    {
        _kestrel = kestrel;
        _closing = closing;
        BaseUrl = $"http://127.0.0.1:{port}";
    }

    public string BaseUrl { get; }

    /// <param name="answer">Its token is cancelled when the server closes.</param>
    /// <param name="port">0 = any free one.</param>
    public static LoopbackServer Start(Func<HttpContext, CancellationToken, Task> answer, int port = 0) => Start((_, _) => { }, answer, port);

    /// <param name="serve">Gets the bytes of each connection, without any HTTP; its token is cancelled when the server closes.</param>
    /// <param name="port">0 = any free one.</param>
    public static LoopbackServer StartBare(Func<ConnectionContext, CancellationToken, Task> serve, int port = 0) =>
        Start((listen, closing) => listen.Use(_ => connection => serve(connection, closing)), static (_, _) => Task.CompletedTask, port);

    public void Dispose()
    {
        if (_closing.IsCancellationRequested)
            return;
        _closing.Cancel();
        using CancellationTokenSource end = new(LongestEnd);
        _kestrel.StopAsync(end.Token).Wait(LongestEnd);
        _kestrel.Dispose();
        _closing.Dispose();
    }

    private static LoopbackServer Start(Action<ListenOptions, CancellationToken> configure, Func<HttpContext, CancellationToken, Task> answer, int port)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;

        // A model may be slow on purpose, and its clients too.
        options.Limits.MinResponseDataRate = null;
        options.Limits.MinRequestBodyDataRate = null;
        CancellationTokenSource closing = new();
        options.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            configure(listen, closing.Token);
        });
        KestrelServer kestrel = new(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        kestrel.StartAsync(new Application(answer, closing.Token), closing.Token).Wait(LongestStart);
        return new(kestrel, new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port, closing);
    }

    private sealed class Application(Func<HttpContext, CancellationToken, Task> answer, CancellationToken closing) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(closing, context.RequestAborted);
            try
            {
                await answer(context, gone.Token);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or ConnectionAbortedException)
            {
                // The client hung up; it asks again or reports it. Or it is we who close.
                context.Abort();
            }
        }
    }
}
