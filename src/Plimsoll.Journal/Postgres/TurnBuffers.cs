using Npgsql;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>The rows of one commit, made of one or more turns.</summary>
internal sealed class TurnBuffers
{
    private readonly ProgressBuffers progress = new();
    private readonly AttemptBuffers attempts;
    private readonly EventBuffers events;
    private readonly BlockBuffers blocks = new();
    private readonly RowBuffer[] all;
    private JournalHead from;

    internal TurnBuffers()
    {
        attempts = new AttemptBuffers(progress);
        events = new EventBuffers(progress);
        all = [.. events.All, .. blocks.All, .. attempts.All, .. progress.All];
    }

    /// <summary>How far the journal is after this commit.</summary>
    internal JournalHead Pending { get; private set; }

    internal bool IsEmpty => Pending.Sequence == from.Sequence;

    /// <summary>Begins anew after what is durable.</summary>
    internal void Begin(JournalHead head)
    {
        Clear();
        from = head;
        Pending = head;
    }

    internal void Write(FactBatch batch)
    {
        foreach (Fact fact in batch.Facts)
        {
            foreach (Fact part in FactsByRun.Concerns(fact) ? FactsByRun.Split(fact) : [fact])
            {
                Write(part);
            }
        }

        Pending = Pending with { Sequence = batch.Sequence, LastAt = batch.Facts.Count > 0 ? batch.Facts[^1].At : Pending.LastAt };
    }

    /// <summary>Everything as one message: the server runs it as one transaction and answers once.</summary>
    internal NpgsqlBatch Build(NpgsqlConnection connection, long epoch)
    {
        progress.Settle();
        attempts.Settle();
        events.Settle();
        NpgsqlBatchCommand advance = new("SELECT journal_advance($1, $2, $3, $4, $5, $6, $7)");
        foreach (long value in (long[])[epoch, from.Sequence, Pending.Sequence, Pending.Position])
        {
            advance.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        }

        advance.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Pending.LastRun });
        advance.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Pending.LastFence });
        advance.Parameters.Add(new NpgsqlParameter<long> { TypedValue = JournalTime.Of(Pending.LastAt) });
        NpgsqlBatch batch = new(connection) { BatchCommands = { advance } };
        foreach (RowBuffer rows in all)
        {
            rows.AddTo(batch);
        }

        return batch;
    }

    private void Clear()
    {
        progress.Settle();
        attempts.Settle();
        events.Settle();
        foreach (RowBuffer rows in all)
        {
            rows.Clear();
        }
    }

    private void Write(Fact fact)
    {
        long position = Pending.Position + 1;
        Pending = Pending with { Position = position };
        switch (fact)
        {
            case AttemptAdmitted x:
                Pending = Pending with { LastFence = Math.Max(Pending.LastFence, x.Attempt.Fence) };
                attempts.Write(x, position);
                break;
            case AttemptRunning x:
                attempts.Write(x, position);
                break;
            case AttemptFinished x:
                attempts.Write(x, position);
                break;
            case ModelUsed x:
                attempts.Write(x, position);
                break;
            case TasksAdded x:
                events.Write(x, position, Pending.LastFence);
                blocks.Write(x, position);
                break;
            case RecordsChanged x:
                events.Write(x);
                break;
            case RunOpened x:
                Pending = Pending with { LastRun = Math.Max(Pending.LastRun, x.Run.Value) };
                events.Write(x, position, Pending.LastFence);
                break;
            default:
                events.Write(fact, position, Pending.LastFence);
                break;
        }
    }
}
