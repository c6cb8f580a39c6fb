namespace Plimsoll.Daemon.Requests;

/// <summary>A command to run once for each item.</summary>
/// <param name="Command">argv with the placeholders <c>{} {.} {/} {//} {/.} {#}</c>; without any, the item is appended.</param>
/// <param name="Shell">The command is one shell line, into which items are put as quoted words.</param>
/// <param name="Agent">A configured agent; <paramref name="Command"/> is then its prompt.</param>
/// <param name="Items">Read as the run goes.</param>
/// <param name="MaxConcurrent">Null = as configured.</param>
/// <param name="MemoryBytes">Declared memory of each item; null = unknown.</param>
/// <param name="Force">Keep the concurrency asked for although memory does not carry it.</param>
/// <param name="Supervised">Supervise also commands that are known to be short, which are otherwise started directly.</param>
public sealed record MapRequest(
    IReadOnlyList<string> Command,
    bool Shell,
    string? Agent,
    IAsyncEnumerable<MapItem> Items,
    TaskLimit? MaxConcurrent,
    int Retries,
    TimeSpan? Timeout,
    long? MemoryBytes,
    bool Direct,
    bool Supervised = false,
    bool Force = false)
{
    /// <summary>When to stop early.</summary>
    public HaltPolicy Halt { get; init; } = HaltPolicy.Never;
}
