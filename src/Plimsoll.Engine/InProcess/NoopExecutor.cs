using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Engine.Diagnostics;

namespace Plimsoll.Engine.InProcess;

/// <summary>Work that only lasts: an attempt ends successfully after its duration; a duration of zero ends within <see cref="Start"/>.</summary>
/// <remarks>One thread with a heap of due times; bounded by the attempts in flight. Each attempt gets exactly one AttemptEnded.</remarks>
public sealed class NoopExecutor : IDisposable
{
    private const int Terminated = 15;
    private readonly Lock gate = new();
    private readonly PriorityQueue<AttemptId, TimeSpan> due = new(); // guarded by gate
    private readonly HashSet<AttemptId> running = []; // guarded by gate
    private readonly PreciseSleep sleep = new();
    private readonly IInputSink sink;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly OwnedThread thread;
    private volatile bool stopping;

    /// <param name="failed">Gets the exception that ended the thread: a bug.</param>
    public NoopExecutor(IInputSink sink, TimeProvider time, Action<Exception> failed)
    {
        this.sink = sink;
        this.time = time;
        origin = time.GetTimestamp();
        thread = new OwnedThread(nameof(NoopExecutor), "timer", Run, failed);
        thread.Start();
    }

    /// <summary>Begins an attempt; does not block.</summary>
    public void Start(AttemptId attempt, TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            sink.Post(new AttemptEnded(attempt, ExitReport.Success));
            return;
        }

        TimeSpan end = time.GetElapsedTime(origin) + duration;
        bool first;
        lock (gate)
        {
            if (!running.Add(attempt))
                throw new InvalidOperationException($"attempt {attempt} is already running");

            due.Enqueue(attempt, end);
            first = due.Peek() == attempt;
        }

        if (first)
            sleep.Wake();
    }

    /// <summary>Ends an attempt at once, as if by SIGTERM; harmless for one that is not running.</summary>
    public void Kill(AttemptId attempt)
    {
        bool was;
        lock (gate)
        {
            // Its entry in the heap stays until it is due and is then passed over.
            was = running.Remove(attempt);
        }

        if (was)
            sink.Post(new AttemptEnded(attempt, new ExitReport(null, Terminated, null, false, default, default, null)));
    }

    /// <summary>Ends what still runs and joins the thread.</summary>
    public void Dispose()
    {
        stopping = true;
        sleep.Wake();
        thread.Dispose();
        sleep.Dispose();
        AttemptId[] left;
        lock (gate)
        {
            left = [.. running];
        }

        foreach (AttemptId attempt in left)
            Kill(attempt);
    }

    private void Run()
    {
        List<AttemptId> ended = [];
        while (!stopping)
        {
            TimeSpan wait = TakeDue(ended);
            foreach (AttemptId attempt in ended)
                sink.Post(new AttemptEnded(attempt, ExitReport.Success));

            ended.Clear();
            if (wait > TimeSpan.Zero)
                sleep.Wait(wait);
        }
    }

    /// <summary>Moves what is due to <paramref name="ended"/>.</summary>
    /// <returns>Time until the next one.</returns>
    private TimeSpan TakeDue(List<AttemptId> ended)
    {
        TimeSpan now = time.GetElapsedTime(origin);
        lock (gate)
        {
            while (due.TryPeek(out AttemptId attempt, out TimeSpan end))
            {
                if (end > now)
                    return end - now;

                due.Dequeue();
                if (running.Remove(attempt))
                    ended.Add(attempt);
            }
        }

        return TimeSpan.FromHours(1);
    }
}
