using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Takes the facts of turns to the tables they belong in, and counts how far the journal is with them.</summary>
internal abstract class FactTables
{
    /// <summary>How far the journal is once what was written is committed.</summary>
    internal JournalHead Pending { get; private protected set; }

    internal void Write(FactBatch batch)
    {
        foreach (Fact fact in batch.Facts)
        {
            if (FactsByRun.Concerns(fact))
            {
                foreach (Fact part in FactsByRun.Split(fact))
                {
                    Write(part);
                }
            }
            else
            {
                Write(fact);
            }
        }

        Pending = Pending with { Sequence = batch.Sequence, LastAt = batch.Facts.Count > 0 ? batch.Facts[^1].At : Pending.LastAt };
    }

    private protected abstract void Write(AttemptAdmitted fact, long position);

    private protected abstract void Write(AttemptRunning fact, long position);

    private protected abstract void Write(AttemptFinished fact, long position);

    private protected abstract void Write(ModelUsed fact, long position);

    /// <summary>The tasks themselves; that they came is an event besides.</summary>
    private protected abstract void Write(TasksAdded fact, long position);

    private protected abstract void Write(RecordsChanged fact);

    /// <summary>What has no table but that of events.</summary>
    private protected abstract void WriteEvent(Fact fact, long position, long lastFence);

    private void Write(Fact fact)
    {
        long position = Pending.Position + 1;
        Pending = Pending with { Position = position };
        switch (fact)
        {
            case AttemptAdmitted x:
                Pending = Pending with { LastFence = Math.Max(Pending.LastFence, x.Attempt.Fence) };
                Write(x, position);
                break;
            case AttemptRunning x:
                Write(x, position);
                break;
            case AttemptFinished x:
                Write(x, position);
                break;
            case ModelUsed x:
                Write(x, position);
                break;
            case TasksAdded x:
                WriteEvent(x, position, Pending.LastFence);
                Write(x, position);
                break;
            case RecordsChanged x:
                Write(x);
                break;
            case RunOpened x:
                Pending = Pending with { LastRun = Math.Max(Pending.LastRun, x.Run.Value) };
                WriteEvent(x, position, Pending.LastFence);
                break;
            default:
                WriteEvent(fact, position, Pending.LastFence);
                break;
        }
    }
}
