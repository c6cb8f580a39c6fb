using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Hosting;

/// <summary>The loopback port: a bare server without routing, services or logging.</summary>
internal sealed class GatewayListener : IAsyncDisposable
{
    private const int MostHeaderBytes = 64 << 10;
    private const long WriteAhead = 1 << 20;

    private readonly KestrelServer server;

    public GatewayListener(int port)
    {
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = BodyReceiver.Largest;
        options.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);

        // A frozen process reads nothing and must find its stream when it thaws.
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxResponseBufferSize = WriteAhead;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        server = new(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>Listens; gives the base URL. Throws <see cref="IOException"/> where the port cannot be had.</summary>
    public async Task<Uri> StartAsync(Intake intake, CancellationToken cancellation)
    {
        await server.StartAsync(new Application(intake), cancellation);
        return new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await server.StopAsync(cancellation);
    }

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Hands requests to the intake; contexts are used again with their connection.</summary>
    private sealed class Application(Intake intake) : IHttpApplication<DefaultHttpContext>
    {
        public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
            {
                return new(contextFeatures);
            }

            if (container.HostContext is { } used)
            {
                used.Initialize(contextFeatures);
                return used;
            }

            container.HostContext = new(contextFeatures);
            return container.HostContext;
        }

        public Task ProcessRequestAsync(DefaultHttpContext context) => intake.ReceiveAsync(context);

        public void DisposeContext(DefaultHttpContext context, Exception? exception)
        {
            context.Uninitialize();
        }
    }
}
