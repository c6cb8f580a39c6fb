namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>A finished span.</summary>
/// <param name="Failure">Why it counts as failed; null when it does not.</param>
internal sealed record TraceSpan(
    string TraceId,
    string SpanId,
    string? ParentId,
    string Name,
    bool IsCall,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<KeyValuePair<string, string>> Attributes,
    string? Failure);
