using System.Collections.Immutable;
using static Plimsoll.Core.Watching.AlertSeverity;

namespace Plimsoll.Watch.Alerts;

/// <summary>Built-in rules about the host, the journal and the providers.</summary>
internal static class SystemRules
{
    private static readonly RuleDraft Draft = new(AlertGroup.System);

    public static ImmutableArray<AlertRule> All { get; } =
    [
        Draft.Rule("host_pressure", Critical, (0.1, 0.02), (30, 60),
            ("All work on {subject} stalled for want of memory {value} of the time ({detail}).",
             "A tenth of all time lost over half a minute: the pressure ladder acts within seconds, so it has not been enough.")),
        Draft.Rule("start_gate_closed", Warning, (600, 300), (0, 60),
            ("Nothing has been started on {subject} for {value}, because its memory is short ({detail}).",
             "The gate closes for seconds; ten minutes mean that something outside holds the memory.")),
        Draft.Rule("disk_filling", Warning, (0.9, 0.88), (60, 60),
            ("The disk of the state folder on {subject} is {value} full ({detail}).",
             "A tenth left is time to clean (`plimsoll clean`) before the journal stops.")),
        Draft.Rule("disk_full", Critical, (0.98, 0.96), (10, 60),
            ("The disk of the state folder on {subject} is {value} full ({detail}). When it is full nothing starts any more.",
             "Without room the journal cannot make a turn durable, and what is not durable is not done.")),
        Draft.Rule("swap_used", Warning, (0.5, 0.3), (300, 300),
            ("Swap of {subject} is {value} used ({detail}).",
             "Swap is no room for tasks: what lies there was needed and comes back slowly.")),
        Draft.Rule("out_of_memory_kills", Warning, (1, 1), (0, 60),
            ("{detail} by the kernel for want of memory in 10 minutes.",
             "Plimsoll promises none on the host; those of tasks at their own limit show what their classes really need.")),
        Draft.Rule("journal_slow", Warning, (0.25, 0.1), (60, 60),
            ("A commit of the journal takes {value} ({detail}).",
             "A commit takes some milliseconds; at a quarter of a second starts and ends are felt to lag.")),
        Draft.Rule("journal_fault", Critical, (1, 1), (5, 5),
            ("The journal cannot be written: {detail}. Running tasks go on, nothing new starts, and nothing acknowledged is lost.",
             "Five seconds outlast a retry of the same turn.")),
        Draft.Rule("error_rate", Warning, (0.05, 0.02), (60, 300),
            ("At least {value} of all requests fail: {detail} in 5 minutes.",
             "The lower bound of the share (Wilson, z = 3): one failure among ten requests stays below, 10 among 60 do not.")),
        Draft.Rule("quota_nearly_used", Info, (0.95, 0.85), (600, 300),
            ("Quota {subject} is {value} used for 10 minutes: {detail}.",
             "The gateway can use 97 % without a refusal, so this is no fault; the quota is what limits the fleet now.")),
    ];
}
