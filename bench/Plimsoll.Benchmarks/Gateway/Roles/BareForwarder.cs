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

namespace Plimsoll.Benchmarks.Gateway.Roles;

/// <summary>The least a forwarder of this platform must do: Kestrel in, SocketsHttpHandler out, bodies and headers passed through.</summary>
internal sealed class BareForwarder : IHttpApplication<DefaultHttpContext>, IAsyncDisposable
{
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly KestrelServer server;
    private readonly Uri to;

    private BareForwarder(Uri to)
    {
        this.to = to;
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        server = new(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    public string BaseUrl { get; private set; } = "";

    public static async Task<BareForwarder> StartAsync(Uri to)
    {
        BareForwarder bare = new(to);
        await bare.server.StartAsync(bare, CancellationToken.None);
        bare.BaseUrl = bare.server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return bare;
    }

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

        return container.HostContext = new(contextFeatures);
    }

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(to, context.Request.Path.Value));
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in context.Request.Headers)
        {
            if (name is not ("Host" or "Content-Length" or "Content-Type" or "Connection" or "Transfer-Encoding"))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        request.Content = new StreamContent(context.Request.Body);
        request.Content.Headers.ContentLength = context.Request.ContentLength;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using HttpResponseMessage response = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in response.Headers.NonValidated)
        {
            if (name is not ("Transfer-Encoding" or "Connection"))
            {
                context.Response.Headers[name] = values.ToString();
            }
        }

        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in response.Content.Headers.NonValidated)
        {
            context.Response.Headers[name] = values.ToString();
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        int read;
        do
        {
            read = await body.ReadAsync(context.Response.BodyWriter.GetMemory(4096), context.RequestAborted);
            context.Response.BodyWriter.Advance(read);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        while (read > 0);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await server.StopAsync(now.Token);
        server.Dispose();
        client.Dispose();
    }
}
