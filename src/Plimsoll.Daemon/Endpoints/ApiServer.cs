using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Overviews;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>The HTTP server of the service: a Unix socket for its user, and TCP addresses for those with a token.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const long LargestBody = 64L << 20;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly WebApplication app;
    private readonly string socket;
    private readonly OverviewFeed overviews;

    private ApiServer(WebApplication app, string socket, OverviewFeed overviews)
    {
        this.overviews = overviews;
        this.app = app;
        this.socket = socket;
    }

    /// <summary>Base URLs over TCP.</summary>
    public IReadOnlyList<string> Urls { get; private init; } = [];

    /// <summary>Everything it answers.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Begins to listen.</summary>
    /// <param name="listen">TCP addresses.</param>
    /// <param name="socket">Path of the Unix socket; one that a killed service left is replaced.</param>
    /// <exception cref="IOException">An address cannot be had; the message names it.</exception>
    public static async Task<ApiServer> StartAsync(ServiceHost service, AccessGate gate, IReadOnlyList<IPEndPoint> listen, string socket, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = LargestBody;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            options.ListenUnixSocket(socket, static endpoint => endpoint.Protocols = HttpProtocols.Http1);
            foreach (IPEndPoint address in listen)
            {
                options.Listen(address, static endpoint => endpoint.Protocols = HttpProtocols.Http1);
            }
        });
        WebApplication app = builder.Build();
        app.Use((context, next) => CountAsync(context, next, service));
        app.UseRouting();
        var refused = new RefusedAccess(service.Audit, service.Context.Time);
        app.Use((context, next) => GuardAsync(context, next, gate, refused));
        var overviews = new OverviewFeed(service);
        Map(app, service, gate, overviews);
        File.Delete(socket);
        try
        {
            await app.StartAsync(cancellationToken);
            File.SetUnixFileMode(socket, Private);
        }
        catch
        {
            await overviews.DisposeAsync();
            await app.DisposeAsync();
            throw;
        }

        ICollection<string> addresses = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new ApiServer(app, socket, overviews) { Urls = [.. addresses.Where(static address => !address.Contains("unix:", StringComparison.Ordinal))] };
    }

    /// <summary>Answers nothing new; what is under way gets a few seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await overviews.DisposeAsync();
        await app.DisposeAsync();
        File.Delete(socket);
    }

    private static void Map(WebApplication app, ServiceHost service, AccessGate gate, OverviewFeed overviews)
    {
        new DashboardEndpoints().Map(app);
        new SessionEndpoints(gate).Map(app);
        new TokenEndpoints(service).Map(app);
        new HealthEndpoints(service).Map(app);
        new SubmitEndpoints(service).Map(app);
        new SubmitRunEndpoints(service).Map(app);
        new RunEndpoints(service).Map(app);
        new TaskEndpoints(service).Map(app);
        new ChangeEndpoints(service).Map(app);
        new LeaseEndpoints(service).Map(app);
        new WaitEndpoints(service).Map(app);
        new TailEndpoint(service).Map(app);
        new McpEndpoint(service).Map(app);
        new MessageEndpoints(service).Map(app);
        if (service.Slack is { } slack)
        {
            new SlackEndpoint(slack).Map(app);
        }

        new EventEndpoints(service).Map(app);
        new WatchEndpoints(service).Map(app);
        new OverviewEndpoints(service, overviews).Map(app);
        new LogEndpoints(service).Map(app);
        new DeadEndpoints(service).Map(app);
        new ClassEndpoints(service).Map(app);
        new NodeEndpoints(service).Map(app);
        new LimitEndpoints(service).Map(app);
        new AgentEndpoints(service).Map(app);
        new IntakeEndpoints(service).Map(app);
        new MetricsEndpoint(service).Map(app);
        new GatewayEndpoints(service).Map(app);
        new OpenApiEndpoint().Map(app);
        app.MapFallback("{*path}", static context => Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"there is no {context.Request.Method} {context.Request.Path} here", "GET /api/v1/openapi.json lists what there is.")).Needs(AccessScope.None);
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ServiceHost service)
    {
        try
        {
            await next(context);
            int status = context.Response.StatusCode;
            service.Requests.Answered(status);
            if (IsRefusal(status))
            {
                service.Log?.Refused(context.Request.Method, context.Request.Path, status);
            }
        }
        catch
        {
            service.Requests.Answered(StatusCodes.Status500InternalServerError);
            service.Log?.Refused(context.Request.Method, context.Request.Path, StatusCodes.Status500InternalServerError);
            throw;
        }
    }

    /// <summary>What an operator wants to know of: no access, too much, not able to.</summary>
    private static bool IsRefusal(int status) => status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError;

    /// <summary>Admits the caller, then answers; whatever an endpoint throws becomes a problem without a stack trace.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next, AccessGate gate, RefusedAccess refused)
    {
        (Caller? caller, string? refusal) = gate.Admit(context);
        if (caller is null)
        {
            refused.Count(context.Connection.RemoteIpAddress?.ToString() ?? "socket", refusal!);
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, refusal!, "Use the address and the token that `plimsoll serve` shows.");
            return;
        }

        NeededScope? declared = context.GetEndpoint()?.Metadata.GetMetadata<NeededScope>();
        AccessScope needed = declared?.Scope ?? AccessScope.Admin;
        if (caller.Scope < needed && !(declared is { OffLoopback: true } && AccessGate.IsLoopback(context)))
        {
            int status = caller.Scope == AccessScope.None ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
            await Problem.WriteAsync(context, status, $"{context.Request.Method} {context.Request.Path} needs a token with the scope {needed.ToString().ToLowerInvariant()}", "Send it as Authorization: Bearer …; the file token of the state folder holds one.");
            return;
        }

        context.Features.Set(caller);
        try
        {
            await next(context);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
        {
            await Problem.WriteAsync(context, error.StatusCode, error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left.
        }
        catch (JournalException error)
        {
            await Problem.WriteAsync(context, HttpMethods.IsGet(context.Request.Method) ? Unavailable.Unread(error.Message) : Unavailable.Journal(error.Message));
        }
    }
}
