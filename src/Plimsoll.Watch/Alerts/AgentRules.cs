using System.Collections.Immutable;
using static Plimsoll.Core.Watching.AlertSeverity;

namespace Plimsoll.Watch.Alerts;

/// <summary>Built-in rules about agents and other tasks.</summary>
internal static class AgentRules
{
    private static readonly RuleDraft Draft = new(AlertGroup.Agents);

    public static ImmutableArray<AlertRule> All { get; } =
    [
        Draft.Rule("agent_stuck", Warning, (1, 0.9), (0, 30),
            ("{subject} seems stuck: no output, no processor use and no model traffic, {detail}.",
             "The time is learned from attempts of the class that succeeded: twice their longest silence, three times while few are known, 15 minutes while nothing is.")),
        Draft.Rule("failure_rate", Warning, (0.3, 0.2), (30, 300),
            ("Attempts of {subject} fail: {detail} in 30 minutes, at least {value} of all.",
             "The lower bound of the share (Wilson, z = 3): 5 of 5, 8 of 11 or 120 of 300. Flaky tasks that succeed on retry stay below.")),
        Draft.Rule("breaker_open", Warning, (1, 1), (0, 30),
            ("The circuit breaker of {subject} is open: {detail}. Its tasks wait, others go on.",
             "A breaker opens after failures in a row that were not the host's fault; somebody has to look at the cause.")),
        Draft.Rule("agent_unavailable", Warning, (1, 1), (10, 30),
            ("The agent {subject} cannot be started: {detail}.",
             "Its tasks fail until the program is there again.")),
    ];
}
