using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads what was learned of classes.</summary>
internal static class ProfileRows
{
    internal static async ValueTask<IReadOnlyList<ClassLearned>> FactsAsync(IRowSource source, CancellationToken cancellationToken) =>
        [.. (await AllAsync(source, cancellationToken)).Select(row => row.Fact)];

    internal static async ValueTask<List<(long Position, ClassLearned Fact)>> AllAsync(IRowSource source, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query("SELECT position, at, class, detail FROM class_profile ORDER BY position");
        List<(long, ClassLearned)> found = [];
        while (await rows.NextAsync(cancellationToken))
        {
            ProfileSnapshot profile = EventRow.Parse(rows.Utf8(3)).Profile ?? ProfileSnapshot.Empty;
            found.Add((rows.Long(0), new ClassLearned(JournalTime.From(rows.Long(1)), rows.Text(2), profile)));
        }

        return found;
    }
}
