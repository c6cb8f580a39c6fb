using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Retention;

/// <summary>Removes old finished runs with their output; what runs, waits or is a dead letter stays.</summary>
/// <remarks>Works beside a live writer, which holds no finished run; each run goes in a transaction of its own.</remarks>
public sealed class JournalRetention(StateFolder folder, IJournalUpkeep upkeep)
{
    /// <summary>What would be removed.</summary>
    /// <exception cref="Core.Ports.JournalException">The journal cannot be read.</exception>
    public async ValueTask<RetentionPlan> PlanAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset limit = now - policy.Age;
        long total = await upkeep.SizeAsync(cancellationToken) + Size(folder.RunsPath);
        long rest = total;
        List<RetiredRun> retired = [];
        foreach (FinishedRun finished in await upkeep.FinishedAsync(cancellationToken))
        {
            if (finished.FinishedAt >= limit && rest <= policy.Size.Value)
            {
                break;
            }

            RetiredRun run = Retire(finished, await upkeep.DeadAsync(finished.Run, cancellationToken));
            rest -= run.OutputBytes.Value;
            if (run.Whole || run.Paths.Count > 0)
            {
                retired.Add(run);
            }
        }

        return new RetentionPlan(retired, limit, new Bytes(total));
    }

    /// <summary>Removes what the plan names, unless it came back to life since; returns the runs that are gone.</summary>
    /// <exception cref="Core.Ports.JournalException">The journal cannot be written.</exception>
    public async ValueTask<IReadOnlyList<RetiredRun>> ApplyAsync(RetentionPlan plan, CancellationToken cancellationToken)
    {
        List<RetiredRun> gone = [];
        foreach (RetiredRun run in plan.Runs)
        {
            if (await upkeep.TryRemoveAsync(run.Run, run.Whole, cancellationToken))
            {
                // Rows first: output without rows is found by its folder, rows without output would promise what is not there.
                foreach (string path in run.Paths)
                {
                    Delete(path);
                }

                gone.Add(run);
            }
        }

        await upkeep.TidyAsync(plan.EventsBefore, cancellationToken);
        return gone;
    }

    private RetiredRun Retire(FinishedRun run, IReadOnlySet<TaskId> letters)
    {
        string root = Path.Combine(folder.RunsPath, run.Run.ToString());
        if (letters.Count == 0)
        {
            string[] whole = Directory.Exists(root) ? [root] : [];
            return new RetiredRun(run.Run, run.Name, run.FinishedAt, 0, whole, new Bytes(Size(root)));
        }

        // The files of a task are named ORDINAL.ATTEMPT.ext.
        HashSet<string> dead = [.. letters.Select(task => task.Ordinal.ToString(CultureInfo.InvariantCulture))];
        string[] files = Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !dead.Contains(Path.GetFileName(file).Split('.')[0]))]
            : [];
        return new RetiredRun(run.Run, run.Name, run.FinishedAt, dead.Count, files, new Bytes(files.Sum(Size)));
    }

    private static long Size(string path) =>
        File.Exists(path) ? new FileInfo(path).Length
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
