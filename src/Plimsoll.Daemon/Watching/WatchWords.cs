using Plimsoll.Core.Capacity;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching;

/// <summary>Words for what is watched, as they stand in documents and labels.</summary>
internal static class WatchWords
{
    public static string Of(LockKind kind) => kind switch
    {
        LockKind.Held => "lock",
        LockKind.Limit => "limit",
        _ => "quota",
    };

    public static string Of(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Info => "info",
        AlertSeverity.Warning => "warning",
        _ => "critical",
    };

    public static string Of(AlertGroup group) => group switch
    {
        AlertGroup.Performance => "performance",
        AlertGroup.Concurrency => "concurrency",
        AlertGroup.Agents => "agents",
        AlertGroup.System => "system",
        _ => "own",
    };
}
