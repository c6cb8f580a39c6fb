using Npgsql;
using Plimsoll.Core.Facts;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>The rows of one commit, made of one or more turns.</summary>
internal sealed class TurnBuffers : FactTables
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

    internal bool IsEmpty => Pending.Sequence == from.Sequence;

    /// <summary>Begins anew after what is durable.</summary>
    internal void Begin(JournalHead head)
    {
        Clear();
        from = head;
        Pending = head;
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

    private protected override void Write(AttemptAdmitted fact, long position) => attempts.Write(fact, position);

    private protected override void Write(AttemptRunning fact, long position) => attempts.Write(fact, position);

    private protected override void Write(AttemptFinished fact, long position) => attempts.Write(fact, position);

    private protected override void Write(ModelUsed fact, long position) => attempts.Write(fact, position);

    private protected override void Write(TasksAdded fact, long position) => blocks.Write(fact, position);

    private protected override void Write(RecordsChanged fact) => events.Write(fact);

    private protected override void WriteEvent(Fact fact, long position, long lastFence) => events.Write(fact, position, lastFence);

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
}
