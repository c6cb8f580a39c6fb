using System.Collections.Immutable;
using static Plimsoll.Core.Watching.AlertSeverity;

namespace Plimsoll.Watch.Alerts;

/// <summary>Built-in rules about speed and what it costs.</summary>
internal static class PerformanceRules
{
    private static readonly RuleDraft Draft = new(AlertGroup.Performance);

    public static ImmutableArray<AlertRule> All { get; } =
    [
        Draft.Rule("cpu_saturated", Info, (0.97, 0.9), (1800, 300),
            ("Processors of {subject} are {value} busy for 30 minutes ({detail}). Tasks delay each other; nothing breaks.",
             "Busy processors are what a batch machine is for; half an hour without a pause means that more cores would help.")),
        Draft.Rule("memory_nearly_full", Warning, (0.97, 0.94), (120, 120),
            ("Memory of {subject} is {value} used ({detail}): the reserve is being eaten.",
             "5 % are reserved; above 97 % two fifths of the reserve are gone, and for two minutes that is no burst.")),
        Draft.Rule("memory_leak", Warning, (0.5 * 1048576, 0.1 * 1048576), (60, 300),
            ("Memory of {subject} grows by at least {value}: it {detail}.",
             "Half a megabyte a minute is 0.7 GB a day. The bound is the lower end of the confidence interval over 15 minutes, so 2 MB/min shows within 20 minutes.")),
        Draft.Rule("throughput_fall", Warning, (0.5, 0.3), (300, 300),
            ("{value} of the attempts that were to be expected did not end: {detail} in 30 minutes.",
             "Half of the expectation, with at least 30 expected, is beyond chance (p < 0.001 for exponential durations).")),
        Draft.Rule("queue_wait", Info, (3600, 1800), (300, 300),
            ("The oldest ready task has waited for {value}. {detail}.",
             "An hour in line is for people to judge: more room, fewer tasks, or all is well. `plimsoll why` names the reason.")),
    ];
}
