using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads what attempts used of models.</summary>
internal static class UsageRows
{
    private const string Sums = "calls, input_tokens, cached_tokens, output_tokens, micro_dollars, refusals, queued";

    /// <summary>The newest use of every attempt of a range of tasks, with its place in the journal.</summary>
    internal static async ValueTask<List<(long Position, ModelUsed Fact)>> OfAsync(IRowSource source, TaskId first, TaskId end, CancellationToken cancellationToken)
    {
        List<(long, ModelUsed)> found = [];
        if (!await source.HasAsync("attempt_usage", cancellationToken))
        {
            return found;
        }

        using IRows rows = source.Query($"SELECT position, at, task, number, fence, {Sums} FROM attempt_usage WHERE task >= ?1 AND task < ?2 ORDER BY fence", first.Value, end.Value);
        while (await rows.NextAsync(cancellationToken))
        {
            AttemptId attempt = new(new TaskId(rows.Long(2)), rows.Int(3), rows.Long(4));
            found.Add((rows.Long(0), new ModelUsed(JournalTime.From(rows.Long(1)), attempt, Read(rows, 5))));
        }

        return found;
    }

    /// <summary>The use of each task of a run that used anything.</summary>
    internal static async ValueTask<Dictionary<TaskId, ModelUsage>> ByTaskAsync(IRowSource source, RunId run, CancellationToken cancellationToken)
    {
        Dictionary<TaskId, ModelUsage> sums = [];
        foreach ((_, ModelUsed used) in await OfAsync(source, new TaskId(run, 0), new TaskId(new RunId(run.Value + 1), 0), cancellationToken))
        {
            sums[used.Attempt.Task] = sums.GetValueOrDefault(used.Attempt.Task) + used.Usage;
        }

        return sums;
    }

    /// <summary>The use of a whole run.</summary>
    internal static async ValueTask<ModelUsage> SumAsync(IRowSource source, RunId run, CancellationToken cancellationToken)
    {
        if (!await source.HasAsync("attempt_usage", cancellationToken))
        {
            return default;
        }

        string sums = string.Join(", ", Sums.Split(", ").Select(column => $"coalesce(sum({column}), 0)"));
        using IRows row = source.Query($"SELECT {sums} FROM attempt_usage WHERE task >= ?1 AND task < ?2", new TaskId(run, 0).Value, new TaskId(new RunId(run.Value + 1), 0).Value);
        await row.NextAsync(cancellationToken);
        return Read(row, 0);
    }

    private static ModelUsage Read(IRows row, int first) => new(
        row.Long(first),
        row.Long(first + 1),
        row.Long(first + 2),
        row.Long(first + 3),
        row.Long(first + 4),
        row.Long(first + 5),
        new TimeSpan(row.Long(first + 6)));
}
