using Plimsoll.Core.Inputs;

namespace Plimsoll.Core.Ports;

/// <summary>Where executors, probes and people hand inputs to the loop.</summary>
public interface IInputSink
{
    /// <summary>Queues an input from any thread; never drops, never blocks.</summary>
    /// <remarks>The queue is bounded by what is in flight: two inputs per live attempt, and one pending per requester.</remarks>
    void Post(Input input);
}
