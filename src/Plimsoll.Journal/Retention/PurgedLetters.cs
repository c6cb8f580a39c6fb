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

    /// <summary>Removes a letter with its files; one that was put back meanwhile stays.</summary>
    /// <returns>Whether it is gone, how many files went, and their size.</returns>
    /// <exception cref="Core.Ports.JournalException">The journal cannot be written.</exception>
    public async ValueTask<(bool Purged, int Files, Bytes Size)> PurgeAsync(TaskId task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = await FilesOfAsync(task, cancellationToken);
        if (!await upkeep.TryPurgeAsync(task, now, cancellationToken))
        {
            return (false, 0, Bytes.Zero);
        }

        long size = files.Sum(file => new FileInfo(file).Length);
        foreach (string file in files)
        {
            File.Delete(file);
        }

        return (true, files.Count, new Bytes(size));
    }
}
