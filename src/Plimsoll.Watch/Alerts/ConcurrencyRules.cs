using System.Collections.Immutable;
using static Plimsoll.Core.Watching.AlertSeverity;

namespace Plimsoll.Watch.Alerts;

/// <summary>Built-in rules about what tasks share.</summary>
internal static class ConcurrencyRules
{
    private static readonly RuleDraft Draft = new(AlertGroup.Concurrency);

    public static ImmutableArray<AlertRule> All { get; } =
    [
        Draft.Rule("lock_contention", Warning, (900, 600), (60, 60),
            ("Tasks have waited for the lock {subject} for {value}: {detail}.",
             "Two or more in line for a quarter of an hour: the lock, not the machine, decides how fast the work goes.")),
        Draft.Rule("lease_cycle", Critical, (2, 1), (5, 5),
            ("{value} callers wait for each other in a circle: {detail}. None of them can go on until one gives up.",
             "A circle of leases is a deadlock; 5 seconds rule out that one of them is just letting go.")),
        Draft.Rule("stale_fence", Warning, (1, 1), (0, 600),
            ("{value} requests in 10 minutes came with a stale fence: somebody still works for an attempt or lease that was given to another.",
             "One is enough: whoever holds a stale fence believes that work is his which is not.")),
        Draft.Rule("starvation", Warning, (1800, 900), (60, 60),
            ("A ready task has waited for {value} while at least 20 others started. {detail}.",
             "Order by priority and age lets nobody wait for half an hour while 20 pass, unless their priority is higher or they are smaller for ever.")),
        Draft.Rule("pool_exhausted", Warning, (3600, 1800), (60, 60),
            ("The pool {subject} has been full for {value} and nothing came free: {detail}.",
             "A full pool is normal, one that gives out no place for an hour while others wait is held by something that does not end.")),
        Draft.Rule("connections_saturated", Warning, (0.9, 0.75), (60, 60),
            ("{value} of the connections of {subject} are in use: {detail}.",
             "Above 90 % a short burst makes requests wait for a connection, and that wait looks like a slow database.")),
    ];
}
