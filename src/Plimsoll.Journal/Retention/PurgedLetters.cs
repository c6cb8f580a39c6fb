using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Retention;

/// <summary>Dead letters that somebody removed: their output is gone, they are listed no more and hold no run back from retention.</summary>
/// <remarks>Works beside a live writer: a letter's attempts have ended, and a later attempt of the task is none of this.</remarks>
public sealed class PurgedLetters(StateFolder folder, IJournalUpkeep upkeep)
{
    /// <exception cref="Core.Ports.JournalException">The journal cannot be read.</exception>
    public ValueTask<IReadOnlySet<TaskId>> ReadAsync(CancellationToken cancellationToken) => upkeep.PurgedAsync(cancellationToken);

    /// <summary>The output files of all attempts of a task.</summary>
    /// <exception cref="Core.Ports.JournalException">The journal cannot be read.</exception>
    public async ValueTask<IReadOnlyList<string>> FilesOfAsync(TaskId task, CancellationToken cancellationToken) =>
        [.. (await upkeep.AttemptsAsync(task, cancellationToken)).SelectMany(number => folder.Attempt(task, number).All).Where(File.Exists)];

    /// <summary>Removes letters with their files; one that was put back meanwhile stays.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    /// <returns>Those that are gone, how many files went, and their size.</returns>
    /// <exception cref="Core.Ports.JournalException">The journal cannot be written.</exception>
    public async ValueTask<(IReadOnlyList<TaskId> Gone, int Files, Bytes Size)> PurgeAsync(IEnumerable<TaskId> tasks, bool dryRun, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<TaskId> gone = [];
        int files = 0;
        long size = 0;
        foreach (TaskId task in tasks)
        {
            (bool purged, int count, Bytes bytes) = await PurgeAsync(task, dryRun, now, cancellationToken);
            if (purged)
            {
                gone.Add(task);
                files += count;
                size += bytes.Value;
            }
        }

        return (gone, files, new Bytes(size));
    }

    private async ValueTask<(bool Purged, int Files, Bytes Size)> PurgeAsync(TaskId task, bool dryRun, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = await FilesOfAsync(task, cancellationToken);
        long size = files.Sum(file => new FileInfo(file).Length);
        if (dryRun || !await upkeep.TryPurgeAsync(task, now, cancellationToken))
        {
            return dryRun ? (true, files.Count, new Bytes(size)) : (false, 0, Bytes.Zero);
        }

        foreach (string file in files)
        {
            File.Delete(file);
        }

        return (true, files.Count, new Bytes(size));
    }
}
