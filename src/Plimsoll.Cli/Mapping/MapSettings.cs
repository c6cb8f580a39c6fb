using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Mapping;

/// <summary>What the words of <c>plimsoll map</c> ask for.</summary>
/// <param name="Shell">The command is one shell line.</param>
/// <param name="File">Read items from it; null = standard input.</param>
/// <param name="JobLog">Where the job log is kept.</param>
/// <param name="Resume">Leave out the items the job log says are done.</param>
/// <param name="OnlySucceededAreDone">Items that failed are not done.</param>
internal sealed record MapSettings(
    IReadOnlyList<string> Command,
    bool Shell,
    string? Agent,
    string? File,
    byte Separator,
    string? JobLog,
    bool Resume,
    bool OnlySucceededAreDone,
    HaltPolicy Halt,
    bool KeepOrder,
    bool Tag,
    int Retries,
    TimeSpan? Timeout,
    long? MemoryBytes,
    bool Direct,
    bool Supervised);
