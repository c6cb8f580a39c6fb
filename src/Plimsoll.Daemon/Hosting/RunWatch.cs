using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Knows when the work of a run in this process is over: the run finished, or it is being stopped and nothing is alive.</summary>
/// <remarks>Folded on the loop's thread; <see cref="Stopping"/> is set by any thread.</remarks>
internal sealed class RunWatch(RunId run, RunTally tally) : IFactObserver
{
    private readonly TaskCompletionSource accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool stopping;

    public bool Finished { get; private set; }

    /// <summary>Somebody cancelled the run as a whole.</summary>
    public bool Cancelled { get; private set; }

    public bool Stopping
    {
        get => stopping;
        set => stopping = value;
    }

    /// <summary>Ends when the run and its first tasks are durable.</summary>
    public Task Accepted => accepted.Task;

    public bool IsOver => Finished || (Stopping && tally.Live == 0);

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case RunOpened fact when fact.Run == run:
                    accepted.TrySetResult();
                    break;
                case RunFinished fact when fact.Run == run:
                    Finished = true;
                    break;
                case RunCancelled fact when fact.Run == run:
                    Cancelled = true;
                    break;
                case TasksRequeued { Tasks: [var first, ..] } when first.Run == run:
                    Finished = false;
                    break;
            }
        }
    }

    /// <summary>The loop ended before anything was accepted.</summary>
    public void Abandon(Exception? error)
    {
        if (error is null)
        {
            accepted.TrySetCanceled();
        }
        else
        {
            accepted.TrySetException(error);
        }
    }
}
