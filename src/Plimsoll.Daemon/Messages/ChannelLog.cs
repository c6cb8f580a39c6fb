using System.Globalization;
using System.Text.Json;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Plans.Messages;

namespace Plimsoll.Daemon.Messages;

/// <summary>The messages of a channel: the journal holds the newest, and this their numbers.</summary>
/// <remarks>Written by the desk's pump; reading goes to the journal.</remarks>
internal sealed class ChannelLog(ChannelSettings settings)
{
    private const int MostKept = 10_000;
    private const int Page = 500;

    private readonly Queue<long> kept = new(); // oldest first

    public ChannelSettings Settings { get; } = settings;

    /// <summary>Reads the numbers; gives the largest, or 0.</summary>
    public async Task<long> LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        long after = 0;
        while (await ReadAsync(reader, after, Page, cancellationToken) is { Count: > 0 } page)
        {
            foreach (KeptMessage message in page)
            {
                kept.Enqueue(message.Number);
            }

            after = page[^1].Number;
        }

        return after;
    }

    /// <summary>Messages after a number, oldest first.</summary>
    public async Task<IReadOnlyList<KeptMessage>> ReadAsync(IJournalReader reader, long after, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceRecord> records = await reader.RecordsAsync(KeptMessage.RecordKind, Key(after), limit, cancellationToken);
        return [.. records.TakeWhile(IsHere).Select(static record => JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptMessage)!)];
    }

    /// <summary>Takes up a message; gives what the journal is to write and to drop.</summary>
    public IEnumerable<ServiceRecord> Add(KeptMessage message)
    {
        kept.Enqueue(message.Number);
        yield return new ServiceRecord(KeptMessage.RecordKind, Key(message.Number), JsonSerializer.Serialize(message, DaemonJsonContext.Default.KeptMessage));
        if (kept.Count > MostKept)
        {
            yield return new ServiceRecord(KeptMessage.RecordKind, Key(kept.Dequeue()), null);
        }
    }

    private bool IsHere(ServiceRecord record) => record.Key.StartsWith(Settings.Name + "/", StringComparison.Ordinal);

    private string Key(long number) => string.Create(CultureInfo.InvariantCulture, $"{Settings.Name}/{number:x16}");
}
