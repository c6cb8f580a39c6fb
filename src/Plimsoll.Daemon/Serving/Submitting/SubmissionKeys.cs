using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>The idempotency keys of the last day, with the tasks they made.</summary>
/// <remarks>Durable with the task itself, in the same turn. Written by the intake, read by anyone.</remarks>
internal sealed class SubmissionKeys(TimeProvider time)
{
    private const int Page = 10_000;

    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, KeptKey> keys = new(StringComparer.Ordinal);

    /// <summary>Kind of the records.</summary>
    public const string Kind = "submission_key";

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        string after = "";
        while (await reader.RecordsAsync(Kind, after, Page, cancellationToken) is { Count: > 0 } records)
        {
            foreach (ServiceRecord record in records)
            {
                keys[record.Key] = JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptKey)!;
            }

            after = records[^1].Key;
        }
    }

    /// <summary>The task a key has made; null when it is new.</summary>
    public KeptKey? Find(string key) => keys.GetValueOrDefault(key);

    /// <summary>What is to be kept of a submission that made a task.</summary>
    public KeptKey Keep(Submission submission, TaskId task, string name) => new(task.Value, name, Digest(submission), time.GetUtcNow());

    public void Add(string key, KeptKey kept) => keys[key] = kept;

    public static ServiceRecord Record(string key, KeptKey kept) => new(Kind, key, JsonSerializer.Serialize(kept, DaemonJsonContext.Default.KeptKey));

    /// <summary>Drops the keys that are older than a day; what the journal is to drop.</summary>
    public IReadOnlyList<ServiceRecord> Expire()
    {
        DateTimeOffset before = time.GetUtcNow() - Life;
        List<ServiceRecord> gone = [];
        foreach ((string key, KeptKey kept) in keys)
        {
            if (kept.At < before && keys.TryRemove(key, out _))
            {
                gone.Add(new ServiceRecord(Kind, key, null));
            }
        }

        return gone;
    }

    /// <summary>Tells two submissions with one key apart.</summary>
    public static string Digest(Submission submission)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{submission.Work.Definition}\n{submission.Name}\n{submission.Priority}\n{submission.Binding}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
