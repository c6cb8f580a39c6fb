using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Access;

/// <summary>Carries out what people and tasks change, and keeps who did what: the entry is durable in the same turn as the change.</summary>
/// <remarks>The journal holds the newest entries only. Any number of threads may apply; facts are observed on the loop's thread.</remarks>
internal sealed class AuditTrail(LoopHost loop, TimeProvider time) : IFactObserver
{
    /// <summary>Kind of the records; keys order by time.</summary>
    public const string Kind = "audit";

    private const int Page = 1000;
    private const int MostKept = 10_000;
    private const int LongestDetail = 2000;

    /// <summary>A journal that hangs must not hold clients for ever; the change itself is under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> pending = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> keys = new(); // oldest first
    private volatile Exception? over;
    private long last;

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        string after = "";
        while (await reader.RecordsAsync(Kind, after, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (ServiceRecord record in records)
            {
                keys.Enqueue(record.Key);
            }

            after = records[^1].Key;
        }
    }

    /// <summary>Hands the inputs to the kernel with an entry of who wanted it; ends when both are durable.</summary>
    /// <param name="detail">What people should know besides; cut when it is long.</param>
    /// <exception cref="JournalException">Whether it is durable is not known.</exception>
    public async Task ApplyAsync(Caller caller, string action, string target, string? detail, IReadOnlyList<Input> inputs)
    {
        DateTimeOffset now = time.GetUtcNow();
        string key = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:x16}-{Interlocked.Increment(ref last):x8}");
        var entry = new AuditEntry(now, caller.Name, action, target, detail is { Length: > LongestDetail } ? detail[..LongestDetail] : detail);
        List<ServiceRecord> records = [new(Kind, key, JsonSerializer.Serialize(entry, DaemonJsonContext.Default.AuditEntry))];
        keys.Enqueue(key);
        while (keys.Count > MostKept && keys.TryDequeue(out string? oldest))
        {
            records.Add(new ServiceRecord(Kind, oldest, null));
        }

        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[key] = durable;
        loop.Inputs.Post([.. inputs, new ChangeRecords([.. records], Acknowledges: true)]);
        if (over is { } ended)
        {
            durable.TrySetException(ended);
        }

        try
        {
            // While the journal is known to be away nobody waits for it: what only takes load off has been done all the same.
            await durable.Task.WaitAsync(loop.JournalTrouble is null ? Patience : TimeSpan.Zero, time);
        }
        catch (TimeoutException)
        {
            throw new JournalException(loop.JournalTrouble is { } trouble ? $"the change is under way, and is recorded once the journal can be written: {trouble}" : $"the change is under way, but the journal has not answered for {Patience.TotalSeconds} s", retryable: true);
        }
        finally
        {
            pending.TryRemove(key, out _);
        }
    }

    /// <summary>The newest entries, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> NewestAsync(int most, CancellationToken cancellationToken)
    {
        string[] kept = [.. keys];
        string after = kept.Length > most ? kept[^(most + 1)] : "";
        IReadOnlyList<ServiceRecord> records = await loop.State.Reader.RecordsAsync(Kind, after, most, cancellationToken);
        return [.. records.Reverse().Select(static record => JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.AuditEntry)!)];
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            if (facts[i] is RecordsChanged { Records: [{ Kind: Kind } entry, ..] } && pending.TryGetValue(entry.Key, out TaskCompletionSource? waiting))
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
