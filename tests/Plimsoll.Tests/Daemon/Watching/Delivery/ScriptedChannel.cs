using Plimsoll.Daemon.Watching.Delivery;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Tests.Daemon.Watching.Delivery;

/// <summary>A channel that answers as the test wants, and says when it was told.</summary>
internal sealed class ScriptedChannel(Func<int, CancellationToken, Task<DeliveryFailure?>> answer) : IAlertChannel
{
    private readonly TaskCompletionSource<AlertChange> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int tries;

    public int Tries => Volatile.Read(ref tries);

    /// <summary>The first change that was taken.</summary>
    public Task<AlertChange> Taken => taken.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

    public async Task<DeliveryFailure?> TellAsync(AlertChange change, CancellationToken cancellationToken)
    {
        DeliveryFailure? failure = await answer(Interlocked.Increment(ref tries), cancellationToken);
        if (failure is null)
        {
            taken.TrySetResult(change);
        }

        return failure;
    }
}
