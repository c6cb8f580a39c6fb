using Plimsoll.Core.Facts;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Sqlite;

/// <summary>The tables of an SQLite journal, written row by row inside the open transaction.</summary>
internal sealed class SqliteTables(SqliteDatabase database) : FactTables
{
    private readonly AttemptTable attempts = new(database);
    private readonly BlockTable blocks = new(database);
    private readonly EventTable events = new(database);
    private readonly RecordTable records = new(database);

    /// <summary>Begins anew after what is durable.</summary>
    internal void Begin(JournalHead head) => Pending = head;

    internal void RolledBack() => attempts.RolledBack();

    private protected override void Write(AttemptAdmitted fact, long position) => attempts.Write(fact, position);

    private protected override void Write(AttemptRunning fact, long position) => attempts.Write(fact, position);

    private protected override void Write(AttemptFinished fact, long position) => attempts.Write(fact, position);

    private protected override void Write(ModelUsed fact, long position) => attempts.Write(fact, position);

    private protected override void Write(TasksAdded fact, long position) => blocks.Write(fact, position);

    private protected override void Write(RecordsChanged fact) => records.Write(fact);

    private protected override void WriteEvent(Fact fact, long position, long lastFence) => events.Write(fact, position, lastFence);
}
