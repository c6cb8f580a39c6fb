using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>One target with a queue and a worker of its own: while it hangs, others are told, and nothing waits for it.</summary>
internal sealed class AlertTarget(AlertTargetSettings settings, IAlertChannel channel, TimeProvider time, Action<string> notice) : IAsyncDisposable
{
    /// <summary>Tries per change; with the pauses between them about four minutes.</summary>
    public const int Tries = 6;

    /// <summary>A try that takes longer has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly AlertOutbox outbox = new();
    private readonly CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;

    public void Begin() => work = WorkAsync();

    /// <summary>Takes a change if the target wants to hear of it; never waits.</summary>
    public void Offer(AlertChange change)
    {
        if (change.Alert.Severity >= settings.Least && (settings.Clears || change.Kind != AlertChangeKind.Cleared))
        {
            outbox.Add(change);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            await outbox.WaitAsync(stop.Token);
            while (outbox.TryTake(out AlertChange? change))
            {
                await DeliverAsync(change);
            }
        }
    }

    private async Task DeliverAsync(AlertChange change)
    {
        TimeSpan pause = FirstPause;
        for (int tried = 1; ; tried++)
        {
            DeliveryFailure? failure = await TryAsync(change);
            if (failure is null || outbox.Has(change.Alert.Id))
            {
                return;
            }

            if (tried == Tries || !failure.Again)
            {
                notice($"alert target {settings.Name} was not told of {change.Alert.Rule}: {failure.Reason}");
                return;
            }

            await Task.Delay(pause, time, stop.Token);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<DeliveryFailure?> TryAsync(AlertChange change)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
        try
        {
            return await channel.TellAsync(change, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new DeliveryFailure($"it did not answer within {Patience.TotalSeconds:0} s", Again: true);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new DeliveryFailure(error.Message, Again: true);
        }
    }
}
