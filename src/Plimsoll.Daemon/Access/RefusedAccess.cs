using System.Collections.Concurrent;

namespace Plimsoll.Daemon.Access;

/// <summary>Keeps a trace of requests that were refused, without letting them fill the journal: at most an entry a minute, with their number.</summary>
internal sealed class RefusedAccess(AuditTrail audit, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private DateTimeOffset next;
    private int writing;

    /// <summary>Counts a request that was refused, and writes an entry when one is due.</summary>
    /// <param name="from">Address it came from.</param>
    public void Count(string from, string why)
    {
        if (counts.Count < 100 || counts.ContainsKey(why))
        {
            counts.AddOrUpdate(why, 1, static (_, count) => count + 1);
        }

        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now < next)
            {
                return;
            }

            next = now + Pause;
        }

        if (Interlocked.Exchange(ref writing, 1) == 0)
        {
            Written = WriteAsync(from);
        }
    }

    /// <summary>The entry that is being written.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    private async Task WriteAsync(string from)
    {
        try
        {
            KeyValuePair<string, long>[] seen = [.. counts];
            counts.Clear();
            string detail = string.Join("; ", seen.Select(static pair => $"{pair.Value} x {pair.Key}"));
            await audit.ApplyAsync(Caller.Anonymous, "access.refused", from, detail, []);
        }
        catch (Core.Ports.JournalException)
        {
            // An entry less; the journal's own trouble is told elsewhere.
        }
        finally
        {
            Volatile.Write(ref writing, 0);
        }
    }
}
