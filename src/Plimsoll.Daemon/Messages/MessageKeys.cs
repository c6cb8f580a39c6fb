using System.Text.Json;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Messages;

/// <summary>Idempotency keys of messages, and ids of events from outside: what came twice is one message.</summary>
/// <remarks>Owned by the desk's pump. Kept for a day and at most so many; the oldest go first.</remarks>
internal sealed class MessageKeys(TimeProvider time)
{
    private const int Most = 200_000;
    private const int Page = 10_000;

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly Dictionary<string, KeptMessageKey> keys = new(StringComparer.Ordinal);
    private readonly Queue<string> oldest = new();

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        string after = "";
        while (await reader.RecordsAsync(KeptMessageKey.RecordKind, after, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (ServiceRecord record in records)
            {
                keys[record.Key] = JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptMessageKey)!;
            }

            after = records[^1].Key;
        }

        foreach ((string key, _) in keys.OrderBy(static one => one.Value.Number))
        {
            oldest.Enqueue(key);
        }
    }

    public KeptMessageKey? Find(string key) => keys.GetValueOrDefault(key);

    /// <summary>Remembers a key; gives what the journal is to write and to drop.</summary>
    public IEnumerable<ServiceRecord> Add(string key, KeptMessageKey kept)
    {
        keys[key] = kept;
        oldest.Enqueue(key);
        List<ServiceRecord> records = [new(KeptMessageKey.RecordKind, key, JsonSerializer.Serialize(kept, DaemonJsonContext.Default.KeptMessageKey))];
        while (oldest.TryPeek(out string? first) && keys.TryGetValue(first, out KeptMessageKey? old) && (old.At < time.GetUtcNow() - Life || keys.Count > Most))
        {
            keys.Remove(oldest.Dequeue());
            records.Add(new ServiceRecord(KeptMessageKey.RecordKind, first, null));
        }

        return records;
    }
}
