using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.InMemory;

/// <summary>What successive in-memory writers share: the facts, the epoch and the sequence.</summary>
internal sealed class MemoryLedger(string id)
{
    private readonly Lock gate = new();
    private readonly MemoryView view = new();
    private long epoch;
    private long sequence;

    internal string Id { get; } = id;

    internal long Sequence => Interlocked.Read(ref sequence);

    internal long NextEpoch() => Interlocked.Increment(ref epoch);

    internal T Read<T>(Func<MemoryView, T> query)
    {
        lock (gate)
        {
            return query(view);
        }
    }

    internal AppendResult Append(FactBatch batch, long writer)
    {
        lock (gate)
        {
            if (batch.Epoch != epoch || writer != epoch)
            {
                return AppendResult.Fenced;
            }

            if (batch.Sequence > sequence + 1)
            {
                throw new JournalException($"Journal {Id}: turn {batch.Sequence} came before turn {sequence + 1}. Append {sequence + 1} first; a turn that failed has to be sent again.", retryable: true);
            }

            if (batch.Sequence == sequence + 1)
            {
                foreach (Fact fact in batch.Facts.SelectMany(FactsByRun.Split))
                {
                    view.Add(fact);
                }

                sequence = batch.Sequence;
            }

            return AppendResult.Committed;
        }
    }
}
