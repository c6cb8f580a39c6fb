using System.Text.Json;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Mcp;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>The way of the command line to a service: a task's own way, a named address, or the socket of the state folder.</summary>
public sealed class ServiceDoor : IDisposable
{
    private readonly ServiceLink link;
    private readonly TimeProvider time;

    private ServiceDoor(ServiceLink link, TimeProvider time)
    {
        this.link = link;
        this.time = time;
    }

    /// <summary>Answers the Model Context Protocol on a pair of streams until the input ends.</summary>
    public Task RunMcpAsync(string version, Stream input, Stream output, CancellationToken cancellationToken) =>
        McpBridge.RunAsync(link, version, input, output, cancellationToken);

    /// <summary>Asks for a lease and waits until it is held; it is held from then on until it is disposed, or this process ends.</summary>
    /// <param name="waiting">Told why it is waited for, when that changes.</param>
    public async Task<Outcome<HeldLease>> LeaseAsync(LeaseRequest request, Action<string> waiting, CancellationToken cancellationToken)
    {
        if (!(await link.SendAsync(HttpMethod.Post, "api/v1/leases", request.ToJson(), cancellationToken)).TryGet(out string? text, out Refusal? refusal))
        {
            return refusal;
        }

        LeaseView lease = Read(text);
        try
        {
            long began = time.GetTimestamp();
            while (lease.State == "waiting")
            {
                waiting(lease.Reasons is [var reason, ..] ? reason.Message : "it is being granted");
                if (request.Patience is { } patience && time.GetElapsedTime(began) >= patience)
                {
                    await GiveUpAsync(lease);
                    return new Refusal(ExitCode.Environment, $"the lease was not granted within {patience.TotalSeconds:0.#} s: {(lease.Reasons is [var why, ..] ? why.Message : "others were before it")}", "Wait longer with --wait, or ask for less.");
                }

                if (!(await link.SendAsync(HttpMethod.Get, $"api/v1/leases/{lease.Id}?wait=2", null, cancellationToken)).TryGet(out text, out refusal))
                {
                    return refusal;
                }

                lease = Read(text);
            }
        }
        catch (OperationCanceledException)
        {
            await GiveUpAsync(lease);
            throw;
        }

        return lease.State == "held"
            ? HeldLease.Hold(link, lease, time)
            : new Refusal(ExitCode.Environment, $"the lease {lease.Id} ended before it was granted", "Somebody cancelled it; ask again.");
    }

    public void Dispose() => link.Dispose();

    internal static Outcome<ServiceDoor> Open(string? server, ProjectContext context) =>
        ServiceTarget.Find(server, context).TryGet(out ServiceTarget? target, out Refusal? refusal) ? new ServiceDoor(new ServiceLink(target.Connect()), context.Time) : refusal;

    private static LeaseView Read(string text) => JsonSerializer.Deserialize(text, ServiceJsonContext.Default.LeaseView)!;

    private async Task GiveUpAsync(LeaseView lease)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try
        {
            await link.SendAsync(HttpMethod.Delete, $"api/v1/leases/{lease.Id}", null, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody renews it, so it ends by itself.
        }
    }
}
