using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;

namespace Plimsoll.Engine.Loop;

/// <summary>Where inputs wait for the loop's next turn.</summary>
/// <remarks>
/// Written by any thread, read by the loop. Its length is bounded by what is in flight (two inputs per live attempt, one per waiting
/// requester), so it never drops and never blocks: a lost exit would be a lost task.
/// </remarks>
public sealed class InputQueue : IInputSink, IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent arrived = new(initialState: false);
    private List<Input> waiting = [];
    private List<Input> spare = [];

    public void Post(Input input)
    {
        bool first;
        lock (gate)
        {
            first = waiting.Count == 0;
            waiting.Add(input);
        }

        if (first)
        {
            Wake();
        }
    }

    /// <summary>Posts several inputs that belong to one turn, so that what follows from them is durable together or not at all.</summary>
    public void Post(IReadOnlyList<Input> inputs)
    {
        bool first;
        lock (gate)
        {
            first = waiting.Count == 0;
            waiting.AddRange(inputs);
        }

        if (first)
        {
            Wake();
        }
    }

    /// <summary>Ends the loop's wait without an input.</summary>
    public void Wake() => arrived.Set();

    public void Dispose() => arrived.Dispose();

    /// <summary>Takes everything that waits; the list is the caller's until the next call.</summary>
    internal List<Input> Take()
    {
        lock (gate)
        {
            spare.Clear();
            (waiting, spare) = (spare, waiting);
            return spare;
        }
    }

    /// <summary>Waits for an input, a <see cref="Wake"/> or the end of <paramref name="limit"/> (null = for ever).</summary>
    internal void Wait(TimeSpan? limit) =>
        arrived.WaitOne(limit is { } span ? (int)Math.Clamp(Math.Ceiling(span.TotalMilliseconds), 0, int.MaxValue) : Timeout.Infinite);
}
