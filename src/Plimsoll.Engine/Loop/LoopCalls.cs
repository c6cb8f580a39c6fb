using System.Collections.Concurrent;
using Plimsoll.Core;

namespace Plimsoll.Engine.Loop;

/// <summary>Questions to the kernel from other threads, answered by the loop between two turns.</summary>
/// <remarks>Bounded by its askers: each waits for its answer. Questions must be quick and must not change anything.</remarks>
public sealed class LoopCalls(InputQueue inputs)
{
    private readonly ConcurrentQueue<Action<Kernel, DateTimeOffset>> waiting = new();
    private volatile bool closed;

    /// <summary>Asks; the task is cancelled when the loop has ended.</summary>
    public Task<T> AskAsync<T>(Func<Kernel, DateTimeOffset, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue((kernel, now) =>
        {
            if (closed)
            {
                answer.TrySetCanceled();
                return;
            }

            try
            {
                answer.TrySetResult(question(kernel, now));
            }
            catch (Exception error)
            {
                answer.TrySetException(error);
            }
        });
        if (closed)
        {
            answer.TrySetCanceled();
        }

        inputs.Wake();
        return answer.Task;
    }

    internal void Answer(Kernel kernel, DateTimeOffset now)
    {
        while (waiting.TryDequeue(out Action<Kernel, DateTimeOffset>? question))
        {
            question(kernel, now);
        }
    }

    internal void Close(Kernel kernel, DateTimeOffset now)
    {
        closed = true;
        Answer(kernel, now);
    }
}
