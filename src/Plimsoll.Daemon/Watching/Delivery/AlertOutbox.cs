using System.Diagnostics.CodeAnalysis;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>What one target has yet to be told: at most 100 alerts, each with its newest change; the oldest goes first and is dropped first.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class AlertOutbox
{
    public const int Most = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<long, AlertChange> changes = []; // guarded by gate
    private readonly LinkedList<long> order = new(); // guarded by gate
    private TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously); // guarded by gate

    /// <summary>Dropped for want of room.</summary>
    public long Dropped { get; private set; }

    public void Add(AlertChange change)
    {
        lock (gate)
        {
            if (!changes.ContainsKey(change.Alert.Id))
            {
                if (order.Count >= Most)
                {
                    changes.Remove(order.First!.Value);
                    order.RemoveFirst();
                    Dropped++;
                }

                order.AddLast(change.Alert.Id);
            }

            changes[change.Alert.Id] = change;
            filled.TrySetResult();
        }
    }

    /// <summary>Ends when there is something to tell.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return filled.Task.WaitAsync(cancellationToken);
        }
    }

    public bool TryTake([NotNullWhen(true)] out AlertChange? change)
    {
        lock (gate)
        {
            if (order.First is not { } first)
            {
                change = null;
                filled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return false;
            }

            order.RemoveFirst();
            return changes.Remove(first.Value, out change);
        }
    }

    /// <summary>Whether something newer is to be told of the same alert.</summary>
    public bool Has(long alert)
    {
        lock (gate)
        {
            return changes.ContainsKey(alert);
        }
    }
}
