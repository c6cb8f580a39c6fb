using Plimsoll.Core.Facts;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Engine.Loop;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>Runs and blocks that were handed to the kernel and are not durable yet, with those who wait for them.</summary>
internal sealed class PendingBlocks
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource<RunId>> openings = []; // guarded by gate
    private readonly Dictionary<object, TaskCompletionSource> blocks = new(ReferenceEqualityComparer.Instance); // by TaskBlock; guarded by gate
    private Exception? over; // guarded by gate
    private long lastTicket; // guarded by gate

    /// <summary>Asks for a run; ends when it is durable.</summary>
    public Task<RunId> OpenAsync(InputQueue inputs, string name, string origin)
    {
        var opened = new TaskCompletionSource<RunId>(TaskCreationOptions.RunContinuationsAsynchronously);
        long ticket;
        lock (gate)
        {
            if (over is not null)
            {
                return Task.FromException<RunId>(over);
            }

            // Below zero: runs of the command line carry their number.
            ticket = --lastTicket;
            openings.Add(ticket, opened);
        }

        inputs.Post(new OpenRun(ticket, name, origin));
        return opened.Task;
    }

    /// <summary>Adds tasks and whatever belongs to the same turn; ends when they are durable.</summary>
    public Task AddAsync(InputQueue inputs, AddTasks tasks, IReadOnlyList<Input> with)
    {
        var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (over is not null)
            {
                return Task.FromException(over);
            }

            blocks.Add(tasks.Block, added);
        }

        inputs.Post([tasks, .. with]);
        return added.Task;
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        for (int i = 0; i < facts.Count; i++)
        {
            switch (facts[i])
            {
                case TasksAdded fact:
                    Take(fact.Block)?.TrySetResult();
                    break;
                case RunOpened { Ticket: < 0 } fact:
                    Take(fact.Ticket)?.TrySetResult(fact.Run);
                    break;
            }
        }
    }

    public void Abandon(Exception error)
    {
        lock (gate)
        {
            over ??= error;
            foreach (TaskCompletionSource<RunId> opening in openings.Values)
            {
                opening.TrySetException(error);
            }

            foreach (TaskCompletionSource block in blocks.Values)
            {
                block.TrySetException(error);
            }
        }
    }

    private TaskCompletionSource? Take(TaskBlock block)
    {
        lock (gate)
        {
            return blocks.Remove(block, out TaskCompletionSource? waiting) ? waiting : null;
        }
    }

    private TaskCompletionSource<RunId>? Take(long ticket)
    {
        lock (gate)
        {
            return openings.Remove(ticket, out TaskCompletionSource<RunId>? waiting) ? waiting : null;
        }
    }
}
