using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads the outputs of an attempt.</summary>
internal static class OutputRows
{
    /// <summary>Outputs of the task's latest attempt that succeeded.</summary>
    internal static async ValueTask<IReadOnlyDictionary<string, string>> OfSuccessAsync(IRowSource source, TaskId task, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query(
            "SELECT coalesce(max(attempt.fence), 0) FROM attempt JOIN attempt_end ON attempt_end.fence = attempt.fence WHERE task = ?1 AND outcome = ?2", task.Value, (long)AttemptOutcome.Succeeded);
        return await OfAsync(source, await rows.NextAsync(cancellationToken) ? rows.Long(0) : 0, cancellationToken);
    }

    internal static async ValueTask<IReadOnlyDictionary<string, string>> OfAsync(IRowSource source, long fence, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query("SELECT key, value FROM output WHERE fence = ?1", fence);
        Dictionary<string, string> outputs = new(StringComparer.Ordinal);
        while (await rows.NextAsync(cancellationToken))
        {
            outputs[rows.Text(0)] = rows.Text(1);
        }

        return outputs;
    }
}
