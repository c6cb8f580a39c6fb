using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Gateway.Caching;

/// <summary>Answers of routes for which that was asked: the longest unused go first, and none lives longer than its time.</summary>
internal sealed class AnswerCache(CacheSettings settings, GatewayClock clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<AnswerKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];
    private long bytes;

    public int Count
    {
        get
        {
            lock (gate)
                return entries.Count;
        }
    }

    public bool Keeps(string route) => settings.Entries > 0 && settings.Routes.Contains(route, StringComparer.Ordinal);

    public StoredAnswer? Find(AnswerKey key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            if (node.Value.Until <= clock.Now)
            {
                Drop(node);
                return null;
            }

            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value.Answer;
        }
    }

    public void Keep(AnswerKey key, StoredAnswer answer)
    {
        if (answer.SizeBytes > settings.Size.Value)
        {
            return;
        }

        lock (gate)
        {
            if (entries.TryGetValue(key, out LinkedListNode<Entry>? old))
            {
                Drop(old);
            }

            entries.Add(key, byUse.AddLast(new Entry(key, answer, clock.Now + settings.TimeToLive)));
            bytes += answer.SizeBytes;
            while (entries.Count > settings.Entries || bytes > settings.Size.Value)
            {
                Drop(byUse.First!);
            }
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        entries.Remove(node.Value.Key);
        bytes -= node.Value.Answer.SizeBytes;
    }

    private sealed record Entry(AnswerKey Key, StoredAnswer Answer, DateTimeOffset Until);
}
