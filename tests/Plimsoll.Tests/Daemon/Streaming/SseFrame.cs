namespace Plimsoll.Tests.Daemon.Streaming;

/// <summary>One event of a server-sent event stream, or a heartbeat, which has no data.</summary>
internal sealed record SseFrame(string? Id, string? Event, string? Data);
