namespace Plimsoll.Client.Services;

/// <summary>First event of a stream: what happens after this moment is told, in order.</summary>
/// <param name="Id">Identity of the newest event so far; a client that comes back with it as <c>Last-Event-ID</c> misses nothing.</param>
public sealed record StreamOpenedView(string Id);
