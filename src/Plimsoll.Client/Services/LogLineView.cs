namespace Plimsoll.Client.Services;

/// <summary>A line of the service's log in JSON.</summary>
/// <param name="Level"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Event">What kind of thing happened; <c>docs/watching.md</c> lists them.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record LogLineView(DateTimeOffset Timestamp, string Level, string Event, string Message)
{
    /// <summary>Number of the run.</summary>
    public int? Run { get; init; }

    /// <summary>The task as addresses name it, <c>7.0</c>.</summary>
    public string? Task { get; init; }

    /// <summary>The task as its plan names it.</summary>
    public string? Name { get; init; }

    /// <summary>Number of the attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>How the attempt ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>Id of the alert.</summary>
    public long? Alert { get; init; }

    /// <summary>Trace of the run or of the single task; the one in <c>TRACEPARENT</c>.</summary>
    public string? TraceId { get; init; }

    /// <summary>Span of the attempt; the one in <c>TRACEPARENT</c>.</summary>
    public string? SpanId { get; init; }
}
