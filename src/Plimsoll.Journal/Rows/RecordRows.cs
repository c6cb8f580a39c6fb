using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads what a service remembers.</summary>
internal static class RecordRows
{
    internal static async ValueTask<IReadOnlyList<ServiceRecord>> OfAsync(IRowSource source, string kind, string after, int limit, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query("SELECT key, detail FROM record WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT ?3", kind, after, (long)limit);
        List<ServiceRecord> found = [];
        while (await rows.NextAsync(cancellationToken))
        {
            found.Add(new ServiceRecord(kind, rows.Text(0), rows.Text(1)));
        }

        return found;
    }
}
