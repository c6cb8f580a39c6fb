using System.Collections.Immutable;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Messages;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Messages;

/// <summary>The configured channels, and what a mention of each agent executes.</summary>
internal sealed record ChannelDirectory(IReadOnlyDictionary<string, ChannelLog> Channels, IReadOnlyDictionary<string, SubmittedWork> Works)
{
    public static Outcome<ChannelDirectory> Open(PlimsollConfiguration configuration, bool hasGateway)
    {
        var works = new Dictionary<string, SubmittedWork>(StringComparer.Ordinal);
        foreach (string agent in configuration.Channels.Values.SelectMany(static channel => channel.Agents).Distinct(StringComparer.Ordinal))
        {
            if (MentionWork.Compile(agent, configuration, out ImmutableArray<PlanDiagnostic> diagnostics) is not { } work)
            {
                return new Refusal(ExitCode.Invalid, $"the agent {agent} of a channel cannot be asked as it is configured", null, DiagnosticViews.Of(diagnostics));
            }

            if (work.CallsModels && !hasGateway)
            {
                return new Refusal(ExitCode.Invalid, $"the agent {agent} of a channel calls models, and this service has no gateway", "Configure a provider under providers:.");
            }

            works[agent] = work;
        }

        return new ChannelDirectory(configuration.Channels.ToDictionary(static one => one.Key, static one => new ChannelLog(one.Value), StringComparer.Ordinal), works);
    }
}
