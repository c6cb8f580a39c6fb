using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Stores;

/// <summary>A journal that says how it is doing.</summary>
/// <remarks>One writer appends; any thread may ask for the condition. A turn that waits counts before it is answered.</remarks>
public sealed class WatchedJournal(IJournal journal, TimeProvider time) : IJournal
{
    /// <summary>A turn that takes longer makes the journal slow.</summary>
    public static readonly TimeSpan SlowCommit = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<long> waiting = new(); // guarded by gate: when the turns under way were handed in
    private JournalHealth health; // guarded by gate
    private DateTimeOffset since = time.GetUtcNow(); // guarded by gate
    private TimeSpan last; // guarded by gate
    private string? reason; // guarded by gate
    private TimeSpan slowest; // guarded by gate
    private long commits; // guarded by gate

    public string Id => journal.Id;

    public long Epoch => journal.Epoch;

    public long Sequence => journal.Sequence;

    public RunId LastRun => journal.LastRun;

    public DateTimeOffset LastAt => journal.LastAt;

    public JournalCondition Condition
    {
        get
        {
            lock (gate)
            {
                TimeSpan oldest = waiting.TryPeek(out long begun) ? time.GetElapsedTime(begun) : TimeSpan.Zero;
                if (health == JournalHealth.Healthy && oldest > SlowCommit)
                {
                    return new JournalCondition(JournalHealth.Slow, time.GetUtcNow() - oldest, oldest, null);
                }

                return new JournalCondition(health, since, oldest > last ? oldest : last, reason);
            }
        }
    }

    /// <summary>The slowest turn since the call before, one under way included, and how many were committed since the start; for one caller.</summary>
    public (TimeSpan Slowest, long Commits) TakePace()
    {
        lock (gate)
        {
            TimeSpan oldest = waiting.TryPeek(out long begun) ? time.GetElapsedTime(begun) : TimeSpan.Zero;
            TimeSpan most = slowest > oldest ? slowest : oldest;
            slowest = TimeSpan.Zero;
            return (most, commits);
        }
    }

    public async ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        lock (gate)
        {
            waiting.Enqueue(begun);
        }

        try
        {
            AppendResult result = await journal.AppendAsync(batch, cancellationToken);
            Ended(begun, null);
            return result;
        }
        catch (JournalException fault)
        {
            Ended(begun, fault.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            lock (gate)
            {
                waiting.TryDequeue(out _);
            }

            throw;
        }
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) => journal.RecoverAsync(cancellationToken);

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private void Ended(long begun, string? fault)
    {
        lock (gate)
        {
            waiting.TryDequeue(out _);
            last = time.GetElapsedTime(begun);
            slowest = last > slowest ? last : slowest;
            commits += fault is null ? 1 : 0;
            reason = fault;
            JournalHealth now = fault is not null ? JournalHealth.Away : last > SlowCommit ? JournalHealth.Slow : JournalHealth.Healthy;
            if (now != health)
            {
                health = now;
                since = now == JournalHealth.Healthy ? time.GetUtcNow() : time.GetUtcNow() - last;
            }
        }
    }
}
