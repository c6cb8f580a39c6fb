using System.Diagnostics.Tracing;

namespace Plimsoll.Engine.Diagnostics;

/// <summary>Tells how long each phase of the loop takes: <c>dotnet-trace collect --providers Plimsoll-Loop</c>.</summary>
[EventSource(Name = "Plimsoll-Loop")]
public sealed class LoopEventSource : EventSource
{
    private LoopEventSource()
    {
    }

    /// <summary>The one source of the process.</summary>
    public static LoopEventSource Log { get; } = new();

    /// <summary>A phase of a turn has ended.</summary>
    /// <param name="phase"><c>decide</c> (kernel and kills), <c>settle</c> (observers and released effects), <c>submit</c> (handing the turn to the journal) or <c>answer</c> (questions of other threads).</param>
    [Event(1, Level = EventLevel.Informational)]
    public void Phase(string phase, double microseconds) => WriteEvent(1, phase, microseconds);
}
