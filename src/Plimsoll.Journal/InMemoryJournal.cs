using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.InMemory;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal;

/// <summary>A journal that lives as long as the process: for tests, and for runs that need no memory of themselves.</summary>
/// <remarks>Safe for one writer beside any readers. A second writer is made with <see cref="TakeOver"/> and fences the first.</remarks>
public sealed class InMemoryJournal : IJournal, IJournalReader
{
    private readonly MemoryLedger ledger;

    public InMemoryJournal(string id = "memory")
        : this(new MemoryLedger(id))
    {
    }

    private InMemoryJournal(MemoryLedger ledger)
    {
        this.ledger = ledger;
        Epoch = ledger.NextEpoch();
    }

    public string Id => ledger.Id;

    public long Epoch { get; }

    public long Sequence => ledger.Sequence;

    public RunId LastRun => ledger.Read(view => view.LastRun);

    public DateTimeOffset LastAt => ledger.Read(view => view.LastAt);

    /// <summary>What a restart does: the same content, the next epoch.</summary>
    public InMemoryJournal TakeOver() => new(ledger);

    public ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ledger.Append(batch, Epoch));
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) =>
        ledger.Read(view => view.Unfinished()).ToAsyncEnumerable();

    public ValueTask<IReadOnlyList<ClassLearned>> ProfilesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ClassLearned>>(ledger.Read(view => view.Unfinished()).OfType<ClassLearned>().ToList());

    public ValueTask<IReadOnlyList<ServiceRecord>> RecordsAsync(string kind, string after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ServiceRecord>>(ledger.Read(view => view.Records(kind, after).Take(limit).ToList()));

    public IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken) =>
        ledger.Read(view => view.FactsOf(run)).ToAsyncEnumerable();

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RunRecord>>(ledger.Read(view => view.Runs.Values.OrderByDescending(run => run.Id.Value).Take(limit).Select(run => run.Record()).ToList()));

    public ValueTask<RunRecord?> RunAsync(RunId run, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ledger.Read(view => view.Runs.GetValueOrDefault(run.Value)?.Record()));

    public ValueTask<IReadOnlyList<TaskRecord>> TasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<TaskRecord>>(ledger.Read(view => view.Tasks(query.Run)
            .Where(task => query.After is not { } after || task.Id.Value > after.Value)
            .Where(task => query.States.IsEmpty || query.States.Contains(task.State))
            .Where(task => query.Name is null || task.Name == query.Name)
            .Where(task => query.Class is null || task.Class == query.Class)
            .Where(task => query.NamePart is null || task.Name.Contains(query.NamePart, StringComparison.OrdinalIgnoreCase))
            .Take(query.Limit).Select(task => task.Record()).ToList()));

    public ValueTask<IReadOnlyList<AttemptRecord>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<AttemptRecord>>(ledger.Read(view => view.Task(task) is { } known ? [.. known.Attempts] : new List<AttemptRecord>()));

    public ValueTask<IReadOnlyList<EventRecord>> EventsAsync(RunId run, long afterSequence, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<EventRecord>>(ledger.Read(view => view.Facts
            .Where(entry => entry.Position > afterSequence && !FactRun.IsAttempt(entry.Fact) && FactRun.Of(entry.Fact) == run)
            .Take(limit).Select(entry => Event(entry.Position, EventRow.Of(entry.Fact))).ToList()));

    public ValueTask<IReadOnlyDictionary<string, string>> OutputsAsync(TaskId task, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ledger.Read(view => view.Task(task)?.Outputs) ?? new Dictionary<string, string>(StringComparer.Ordinal));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static EventRecord Event(long position, EventRow row) => new(position, row.At, row.Kind, row.Task, row.Json);
}
