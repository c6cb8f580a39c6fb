using System.Net;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Endpoints;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Serving;

/// <summary>A service that is running in this process.</summary>
public sealed class ServiceSession : IAsyncDisposable
{
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(5);

    private readonly ServiceHost host;
    private readonly ApiServer server;
    private readonly ControlServer control;

    private ServiceSession(ServiceHost host, ApiServer server, ControlServer control, ServiceReadyView ready)
    {
        this.control = control;
        this.host = host;
        this.server = server;
        Ready = ready;
    }

    public ServiceReadyView Ready { get; }

    /// <summary>Everything its server answers.</summary>
    internal IReadOnlyList<Microsoft.AspNetCore.Routing.RouteEndpoint> Routes => server.Routes;

    /// <summary>What watches it.</summary>
    internal Watching.Lookout Lookout => host.Lookout;

    /// <summary>Ends when the service cannot go on; the refusal says why.</summary>
    public async Task<Refusal> FailedAsync()
    {
        try
        {
            await host.Ended;
            return new Refusal(ExitCode.Internal, "the service's loop has ended");
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message, "Running tasks go on; start the service again and it takes them over.");
        }
    }

    internal static async Task<Outcome<ServiceSession>> StartAsync(ProjectContext context, ServiceRequest request, Action<string> notice, CancellationToken cancellationToken)
    {
        if (!(await ListenAddress.ReadAsync(request.Listen, cancellationToken)).TryGet(out IReadOnlyList<IPEndPoint>? listen, out Refusal? refusal))
        {
            return refusal;
        }

        ServiceSecret secret;
        ServiceReach reach = new(context.StateFolder);
        try
        {
            Directory.CreateDirectory(context.StateFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            secret = ServiceSecret.Open(context.StateFolder);
        }
        catch (Exception error) when (error is JournalException or IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Environment, error.Message);
        }

        if (!(await ServiceHost.StartAsync(context, request, notice, attempt => reach.Of(attempt, secret), cancellationToken)).TryGet(out ServiceHost? host, out refusal))
        {
            return refusal;
        }

        try
        {
            var gate = new AccessGate(secret, host.Tokens, new SessionBook(secret, context.StateFolder, context.Time), host.IsLive, ServiceReach.Hosts(listen));
            ApiServer server = await ApiServer.StartAsync(host, gate, listen, reach.Socket, cancellationToken);
            reach.Listening(server.Urls);
            IReadOnlyDictionary<AttemptId, ExitReport> ended = host.Adopted.Ended;
            var control = ControlServer.Start(context.StateFolder, new ServiceControl(host), notice);
            return new ServiceSession(host, server, control, new ServiceReadyView(server.Urls, reach.Socket, ServiceSecret.PathOf(context.StateFolder), host.Adopted.Adopted.Count, ended.Values.Count(static report => report.Gone)));
        }
        catch (IOException taken)
        {
            await host.DisposeAsync();
            return new Refusal(ExitCode.Environment, $"the service cannot listen on {string.Join(", ", request.Listen)}: {taken.Message}", "Choose another address with --listen; port 0 takes a free one.");
        }
    }

    /// <summary>Accepts and starts nothing more, and waits for what runs; what still runs then is left to the next service.</summary>
    /// <returns>How many tasks live on.</returns>
    public async Task<int> StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await host.StopAsync(patience, cancellationToken);
        using var limit = new CancellationTokenSource(Answering, host.Context.Time);
        await server.StopAsync(limit.Token);
        return host.Leave().Count;
    }

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await server.DisposeAsync();
        await host.DisposeAsync();
    }
}
