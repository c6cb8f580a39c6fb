using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Resources;

/// <summary>Finished runs that are still in memory: the newest, so that they can be looked at and retried at once; the journal keeps them all.</summary>
/// <remarks>Observes on the loop's thread. Without it a service would hold everything it ever ran.</remarks>
internal sealed class RunShelf(LoopHost loop) : IFactObserver
{
    private const int MostRuns = 64;
    private const int MostTasks = 50_000;

    private readonly LinkedList<RunId> finished = new(); // oldest first; owned by the loop's thread
    private int tasks;

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case RunFinished { Run: var run } when loop.Registry.Has(run):
                    finished.AddLast(run);
                    tasks += loop.Registry[run].Count;
                    break;
                case TasksRequeued { Tasks: [var first, ..] } when finished.Remove(first.Run):
                    tasks -= loop.Registry[first.Run].Count;
                    break;
            }
        }

        while (finished.First is { } oldest && (finished.Count > MostRuns || tasks > MostTasks))
        {
            finished.RemoveFirst();
            Forget(oldest.Value);
        }
    }

    /// <summary>Takes up a finished run again that was forgotten, so that its tasks can be explained and retried.</summary>
    /// <returns>False when the journal does not have it either.</returns>
    public async Task<bool> RestoreAsync(RunId run, CancellationToken cancellationToken)
    {
        if (await loop.Calls.AskAsync((_, _) => loop.Registry.Has(run)))
        {
            return true;
        }

        if (await loop.State.Reader.RunAsync(run, cancellationToken) is null)
        {
            return false;
        }

        List<Fact> facts = await loop.State.Reader.FactsAsync(run, cancellationToken).Where(static fact => fact is not LimitsChanged).ToListAsync(cancellationToken);
        await loop.Calls.AskAsync((_, _) =>
        {
            if (!loop.Registry.Has(run))
            {
                facts.ForEach(loop.Registry.Fold);
                loop.Inputs.Post(new RestoreRun(run, [.. facts]));
                finished.AddLast(run);
                tasks += loop.Registry[run].Count;
            }

            return true;
        });
        return true;
    }

    /// <summary>The kernel first: a retry that came before keeps the run, and then the registry must keep it too.</summary>
    private void Forget(RunId run)
    {
        tasks -= loop.Registry[run].Count;
        loop.Inputs.Post(new ForgetRun(run));
        _ = loop.Calls.AskAsync((kernel, _) =>
        {
            if (!kernel.Has(run))
            {
                loop.Registry.Forget(run);
            }

            return true;
        });
    }
}
