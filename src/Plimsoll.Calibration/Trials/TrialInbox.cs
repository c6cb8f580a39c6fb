using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;

namespace Plimsoll.Calibration.Trials;

/// <summary>What the executor reports, with the moment it did; at most two inputs per live job.</summary>
internal sealed class TrialInbox(TimeProvider time) : IInputSink
{
    private readonly ConcurrentQueue<(Input Input, long At)> waiting = new();

    public void Post(Input input) => waiting.Enqueue((input, time.GetTimestamp()));

    public bool TryTake([NotNullWhen(true)] out Input? input, out long at)
    {
        bool any = waiting.TryDequeue(out (Input Input, long At) next);
        (input, at) = next;
        return any;
    }
}
