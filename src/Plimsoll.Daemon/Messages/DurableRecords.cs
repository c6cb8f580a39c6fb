using System.Collections.Concurrent;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Messages;

/// <summary>Makes records durable that belong to no task, and tells when they are.</summary>
/// <remarks>Any number of threads may write; facts are observed on the loop's thread.</remarks>
internal sealed class DurableRecords(LoopHost loop) : IFactObserver
{
    private readonly ConcurrentDictionary<(string Kind, string Key), TaskCompletionSource> pending = new();
    private volatile Exception? over;

    /// <summary>Ends when all are durable, in one turn.</summary>
    /// <param name="records">The first is one that nobody else changes at the same time.</param>
    /// <exception cref="JournalException">Whether they are durable is not known.</exception>
    public async Task WriteAsync(IReadOnlyList<ServiceRecord> records)
    {
        (string, string) first = (records[0].Kind, records[0].Key);
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[first] = durable;
        loop.Inputs.Post(new ChangeRecords([.. records], Acknowledges: true));
        if (over is { } ended)
        {
            durable.TrySetException(ended);
        }

        try
        {
            await durable.Task;
        }
        finally
        {
            pending.TryRemove(first, out _);
        }
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            if (facts[i] is RecordsChanged { Records: [var first, ..] } && pending.TryGetValue((first.Kind, first.Key), out TaskCompletionSource? waiting))
            {
                waiting.TrySetResult();
            }
        }
    }

    /// <summary>The loop has ended: nobody will be told that anything is durable.</summary>
    public void Abandon(Exception? error)
    {
        over = error ?? new JournalException("the service has stopped", retryable: true);
        foreach (TaskCompletionSource waiting in pending.Values)
        {
            waiting.TrySetException(over);
        }
    }
}
