using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>A lease held by an open connection: it ends with this process, however that ends; disposing releases it at once.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Releasing = TimeSpan.FromSeconds(5);

    private readonly ServiceLink link;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource over = new();
    private Task holding = Task.CompletedTask;

    private HeldLease(ServiceLink link, LeaseView view, TimeProvider time)
    {
        this.link = link;
        this.time = time;
        View = view;
    }

    public LeaseView View { get; }

    internal static HeldLease Hold(ServiceLink link, LeaseView view, TimeProvider time)
    {
        var held = new HeldLease(link, view, time);
        held.holding = held.HoldAsync();
        return held;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Releasing, time);
        try
        {
            await link.SendAsync(HttpMethod.Delete, $"api/v1/leases/{View.Id}?fence={View.Fence}", null, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The end of the connection releases it as well.
        }

        await over.CancelAsync();
        await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    /// <summary>A service that is restarted knows the lease still: the connection is made again until the lease is gone.</summary>
    private async Task HoldAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            bool answered = await link.FollowAsync($"api/v1/leases/{View.Id}/hold?fence={View.Fence}", over.Token);
            await Task.Delay(Again, time, over.Token);
            if (answered
                && !(await link.SendAsync(HttpMethod.Post, $"api/v1/leases/{View.Id}/renew?fence={View.Fence}", "{}", over.Token)).TryGet(out _, out Refusal? refusal)
                && refusal.Code == ExitCode.Invalid)
            {
                return; // Another holds it now.
            }
        }
    }
}
