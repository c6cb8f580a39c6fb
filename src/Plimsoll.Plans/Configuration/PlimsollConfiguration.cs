using System.Collections.Immutable;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Units;
using Plimsoll.Core.Watching;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Messages;

namespace Plimsoll.Plans.Configuration;

/// <summary>The settings in force, compiled and immutable.</summary>
public sealed record PlimsollConfiguration
{
    /// <summary>Everything at its default.</summary>
    public static PlimsollConfiguration Default { get; } = new();

    /// <summary>Concurrency of the configuration; a plan may say otherwise, see <see cref="ConcurrencyFor"/>.</summary>
    public ConcurrencyPolicy Concurrency { get; init; } = ConcurrencyPolicy.Default;

    /// <summary>Upper bound from <c>max_concurrent</c>; null = auto.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Memory never given to tasks; null = derived from the host.</summary>
    public Bytes? MemoryReserve { get; init; }

    /// <summary>Fixed memory for tasks; null = judged by live samples.</summary>
    public Bytes? HostMemory { get; init; }

    /// <summary>Cores <c>cpu:</c> claims are counted against; null = those of the host.</summary>
    public double? HostCores { get; init; }

    /// <summary>Memory cgroup that plays the host, as a folder or as a path below its hierarchy; null = the machine as this process sees it.</summary>
    public string? HostCgroup { get; init; }

    /// <summary>Units of counted locks, those of agents with a limit of their own among them.</summary>
    public ImmutableDictionary<string, int> LockUnits
    {
        get => field.SetItems(Agents.Values.Where(static agent => agent.MaxConcurrent is not null).Select(static agent => KeyValuePair.Create(agent.LockName, agent.MaxConcurrent!.Value)));
        init;
    } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Limits of services outside by name; a plan may declare more.</summary>
    public ImmutableDictionary<string, LimitPolicy> Limits { get; init; } = ImmutableDictionary<string, LimitPolicy>.Empty;

    /// <summary>Providers, pools and the gateway's own settings; without a provider there is no gateway.</summary>
    public GatewaySettings Gateway { get; init; } = new([], []);

    /// <summary>Whether plain commands use the gateway unless they say otherwise.</summary>
    public bool GatewayTasks { get; init; }

    /// <summary>Built-in adapters, overridden and extended by <c>agents:</c>.</summary>
    public ImmutableDictionary<string, AgentAdapter> Agents { get; init; } = AgentCatalog.BuiltIn;

    public ImmutableDictionary<string, TaskTemplate> Templates { get; init; } = ImmutableDictionary<string, TaskTemplate>.Empty;

    /// <summary>Channels for messages by name.</summary>
    public ImmutableDictionary<string, ChannelSettings> Channels { get; init; } = ImmutableDictionary<string, ChannelSettings>.Empty;

    public SlackSettings Slack { get; init; } = SlackSettings.Default;

    /// <summary>A <c>postgres://</c> URL; null = a file in the state folder.</summary>
    public string? Journal { get; init; }

    public PostgresConfiguration Postgres { get; init; } = PostgresConfiguration.Default;

    /// <summary>Alert rules and where alerts are delivered.</summary>
    public AlertSettings Alerts { get; init; } = AlertSettings.Default;

    /// <summary>How many nodes may be asked for, and who is told.</summary>
    public ScalingHookSettings Scaling { get; init; } = ScalingHookSettings.Default;

    /// <summary>Age after which finished work may be removed; 30 days.</summary>
    public TimeSpan RetentionAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Size above which the oldest finished work may be removed; 10 GiB.</summary>
    public Bytes RetentionSize { get; init; } = new(10L << 30);

    /// <summary>Time between SIGTERM and SIGKILL; 10 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running tasks may go on after the first Ctrl-C; 30 s.</summary>
    public TimeSpan StopDrain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every setting with its origin, in the order of the documentation.</summary>
    public ImmutableArray<ConfigurationValue> Values { get; init; } = [];

    internal ConfigurationLayer ConcurrencyLayer { get; init; }

    internal ConfigurationLayer MaxConcurrentLayer { get; init; }

    /// <summary>The policy in force for a plan: flag and environment before the plan, the plan before the file, the file before the default; <c>max_concurrent</c> bounds it.</summary>
    public ConcurrencyPolicy ConcurrencyFor(ConcurrencyPolicy? plan)
    {
        // A bound given nearer than the policy replaces it: -j 8 beside a plan that says concurrency: 4 means 8.
        bool planWins = plan is not null && ConcurrencyLayer <= ConfigurationLayer.File;
        ConcurrencyPolicy policy = planWins ? plan! : Concurrency;
        ConfigurationLayer policyLayer = planWins ? ConfigurationLayer.File : ConcurrencyLayer;
        if (MaxConcurrentLayer == ConfigurationLayer.Default)
        {
            return policy;
        }

        return MaxConcurrent is { } most ? Bounded(policy, most, replaces: MaxConcurrentLayer > policyLayer)
            : MaxConcurrentLayer > policyLayer ? ConcurrencyPolicy.Default
            : policy;
    }

    private static ConcurrencyPolicy Bounded(ConcurrencyPolicy policy, int most, bool replaces) => policy switch
    {
        FixedConcurrency one => one with { Count = replaces ? most : Math.Min(most, one.Count), Maximum = replaces ? most : Math.Min(most, one.Count) },
        FormulaConcurrency one => one with { Max = Math.Min(most, replaces ? most : one.Max), Maximum = Math.Min(most, replaces ? most : one.Max) },
        ReserveConcurrency one => one with { Requested = most, Maximum = most },
        _ => policy with { Maximum = replaces ? most : Math.Min(most, policy.Maximum ?? most) },
    };
}
