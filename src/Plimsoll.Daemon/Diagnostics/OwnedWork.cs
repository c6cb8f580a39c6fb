using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Plimsoll.Engine.Diagnostics;

namespace Plimsoll.Daemon.Diagnostics;

/// <summary>Work on threads of its own, beside its owner's, until the owner stops it.</summary>
public sealed class OwnedWork : IDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly ImmutableArray<OwnedThread> threads;

    // Written by the thread that fails first, read by the owner.
    private Exception? failure;

    /// <param name="bodies">Each runs on a thread of its own and returns soon after its token is cancelled.</param>
    public OwnedWork(string owner, IReadOnlyList<Action<CancellationToken>> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        threads = [.. bodies.Select((body, number) => new OwnedThread(owner, $"work {number}", () => body(over.Token), Fail))];
        foreach (OwnedThread thread in threads)
        {
            thread.Start();
        }
    }

    /// <summary>Ends the work and waits for it; what the first failing thread threw is thrown here.</summary>
    public void Stop()
    {
        over.Cancel();
        foreach (OwnedThread thread in threads)
        {
            thread.Dispose();
        }

        if (failure is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    public void Dispose()
    {
        over.Cancel();
        foreach (OwnedThread thread in threads)
        {
            thread.Dispose();
        }

        over.Dispose();
    }

    private void Fail(Exception error) => Interlocked.CompareExchange(ref failure, error, null);
}
