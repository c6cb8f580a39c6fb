using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Alerts;
using Plimsoll.Plans.Messages;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Configuration;

/// <summary>Every setting of <c>plimsoll.yaml</c>.</summary>
internal static class OptionDeclarations
{
    public static ImmutableArray<OptionDeclaration> All { get; } =
    [
        new("concurrency", "auto", "auto, tiers, formula, reserve, 1..1024, or a mapping", "How many tasks may run at once.", "{policy: formula, per_task: 1.5G, max: 8, pause_above: 85%, cool_down: 3s}", "PLIMSOLL_CONCURRENCY",
            (c, n, s) => new ConcurrencyReader(s).Read(n) is { } policy ? c with { Concurrency = policy } : c),
        new("max_concurrent", "auto", "auto or 1..1024", "Upper bound on running tasks, whatever the policy says.", null, "PLIMSOLL_MAX_CONCURRENT_TASKS",
            (c, n, s) => new ConcurrencyReader(s).TryReadMaximum(n, "max_concurrent", out int? most) ? c with { MaxConcurrent = most } : c),
        new("host.memory_reserve", "auto", "auto or a size", "Memory never given to tasks; auto is 5 % of the machine, from 64M to 4G.", null, "PLIMSOLL_HOST_MEMORY_RESERVE",
            (c, n, s) => IsAuto(n) ? c with { MemoryReserve = null } : c with { MemoryReserve = s.Size(n, "host.memory_reserve") }),
        new("host.memory", "auto", "auto or a size", "Memory for tasks; auto is judged live.", null, "PLIMSOLL_HOST_MEMORY",
            (c, n, s) => IsAuto(n) ? c with { HostMemory = null } : c with { HostMemory = s.Size(n, "host.memory") }),
        new("host.cores", "auto", "auto or 0.1..65536", "Cores that cpu: claims are counted against.", null, "PLIMSOLL_HOST_CORES",
            (c, n, s) => IsAuto(n) ? c with { HostCores = null } : c with { HostCores = s.Number(n, "host.cores", 0.1, 65536) }),
        new("host.cgroup", "none", "none or a path", "A memory cgroup that plays the host: its limit is the capacity, and Plimsoll and its tasks live in it.", null, "PLIMSOLL_HOST_CGROUP",
            (c, n, s) => c with { HostCgroup = s.Text(n, "host.cgroup") is { } path && path != "none" ? path : null }),
        new("locks", "{}", "name: units", "Units of counted locks; a lock that is not listed has 1.", "{gpu: 2}", null,
            (c, n, s) => c with { LockUnits = LockReader.Units(n, s).ToImmutableDictionary(StringComparer.Ordinal) }),
        new("limits", "{}", "name: {token_bucket, burst} or name: {sliding_window}", "Limits of services outside, which tasks take from with limits:.", "{github: {token_bucket: 60/min, burst: 10}}", null,
            (c, n, s) => c with { Limits = LimitReader.ReadAll(n, s) }),
        new("providers", "{}", "name: {kind, base_url, key, limits, accounts, prices, aliases, ca_file, api_version, charge, ask_for_usage}", "Model providers behind the gateway; a key is named, never written.", "{anthropic: {key: {from: ANTHROPIC_API_KEY}, limits: {rpm: 1000, itpm: 2M, otpm: 400k}}}", null,
            (c, n, s) => c with { Gateway = c.Gateway with { Providers = ProviderReader.Read(n, s) } }),
        new("pools", "{}", "name: {strategy, endpoints}", "Providers and accounts that stand for each other; strategy: least_loaded, round_robin, weighted_round_robin or capability.", "{fleet: {strategy: least_loaded, endpoints: [anthropic]}}", null,
            (c, n, s) => c with { Gateway = c.Gateway with { Pools = new PoolReader(c.Gateway.Providers, s).Read(n) } }),
        new("gateway.port", "0", "0..65535", "Loopback port of the gateway; 0 takes a free one.", null, "PLIMSOLL_GATEWAY_PORT",
            (c, n, s) => c with { Gateway = c.Gateway with { Port = s.Integer(n, "gateway.port", 0, 65535) ?? 0 } }),
        new("gateway.cache", "{routes: [embeddings], entries: 10000, ttl: 1h, size: 256M}", "off or a mapping", "Which answers are kept and given again: routes messages, chat/completions, responses, embeddings.", null, null,
            (c, n, s) => c with { Gateway = c.Gateway with { Cache = GatewayReader.Cache(n, s) } }),
        new("gateway.batching", "{requests: 5, window: 5ms}", "off or a mapping", "How embedding requests of one model are sent together.", null, null,
            (c, n, s) => c with { Gateway = c.Gateway with { Batching = GatewayReader.Batching(n, s) } }),
        new("gateway.budgets", "{}", "per_task, per_run and per_day in US dollars", "Most that may be spent; further calls are refused.", "{per_task: 2 USD, per_day: 100 USD}", null,
            (c, n, s) => c with { Gateway = c.Gateway with { Budgets = GatewayReader.Budgets(n, s) } }),
        new("gateway.keys", "{}", "name: {key, limit, priority, weight}", "Virtual keys for callers that are no task.", "{editor: {key: {from: EDITOR_KEY}, limit: {token_bucket: 60/min, burst: 10}}}", null,
            (c, n, s) => c with { Gateway = c.Gateway with { Keys = GatewayReader.Keys(n, s) } }),
        new("gateway.tasks", "false", "true or false", "Whether commands of run: reach the gateway as agents do, unless they say gateway: false.", null, null,
            (c, n, s) => c with { GatewayTasks = s.Boolean(n, "gateway.tasks") ?? false }),
        new("gateway.coalesce", "true", "true or false", "Whether byte-identical requests in flight share one answer.", null, null,
            (c, n, s) => c with { Gateway = c.Gateway with { Coalesces = s.Boolean(n, "gateway.coalesce") ?? true } }),
        new("agents", "{}", "name: {command, args, env, class, permissions, model, base_url, gateway, max_concurrent, capabilities}", "Changes built-in agents (claude, codex, opencode, gemini, aider) and declares others.", """{reviewer: {command: [my-agent, --ask, "{{prompt}}"], permissions: accept_edits}}""", null, Agents),
        new("templates", "{}", "name: {params, run, …}", "Named tasks with parameters, for template: in plans.", """{lint: {params: [file], run: ["eslint", "{{file}}"], timeout: 5m}}""", null, Templates),
        new("channels", "{}", "name: {agents, slack: {team, channel, users}}", "Where messages are posted, and which agents and templates can be mentioned there.", "{review: {agents: [claude]}}", null,
            (c, n, s) => c with { Channels = ChannelReader.Read(n, c, s) }),
        new("slack.base_url", "https://slack.com/api", "a URL", "Where Slack's Web API is.", null, null,
            (c, n, s) => ChannelReader.Address(n, s) is { } address ? c with { Slack = c.Slack with { BaseUrl = address } } : c),
        new("slack.token", "{from: SLACK_BOT_TOKEN}", "{from: VARIABLE} or {file: PATH}", "Where the bot token of Slack is found.", null, null,
            (c, n, s) => KeyReader.Read(n, s) is { } key ? c with { Slack = c.Slack with { Token = key } } : c),
        new("slack.signing_secret", "{from: SLACK_SIGNING_SECRET}", "{from: VARIABLE} or {file: PATH}", "Where the secret is found that Slack signs events with.", null, null,
            (c, n, s) => KeyReader.Read(n, s) is { } key ? c with { Slack = c.Slack with { SigningSecret = key } } : c),
        new("journal", "sqlite", "sqlite or a postgres:// URL", "Where the journal is: a file in the state folder, or a PostgreSQL database.", "postgres://plimsoll@localhost/plimsoll", "PLIMSOLL_JOURNAL",
            (c, n, s) => c with { Journal = JournalReader.Address(n, s) }),
        new("postgres.trusted_networks", "[]", "a list of networks", "Where connections to PostgreSQL may go without TLS, besides sockets and this machine.", "[10.1.0.0/16]", "PLIMSOLL_POSTGRES_TRUSTED_NETWORKS",
            (c, n, s) => c with { Postgres = c.Postgres with { TrustedNetworks = JournalReader.Networks(n, s) } }),
        new("postgres.container", "none", "none or a name", "What the host auto tries after localhost and host.docker.internal.", null, "PLIMSOLL_POSTGRES_CONTAINER",
            (c, n, s) => c with { Postgres = c.Postgres with { Container = JournalReader.TextOrNone(n, "postgres.container", s) } }),
        new("postgres.passfile", "none", "none or a path", "File with passwords, as psql reads it; none is PGPASSFILE or ~/.pgpass.", null, null,
            (c, n, s) => c with { Postgres = c.Postgres with { Passfile = JournalReader.TextOrNone(n, "postgres.passfile", s) } }),
        new("postgres.pool_least", "5", "0..1000", "Idle connections to PostgreSQL that are kept.", null, null,
            (c, n, s) => c with { Postgres = c.Postgres with { PoolLeast = s.Integer(n, "postgres.pool_least", 0, 1000) ?? 5 } }),
        new("postgres.pool_size", "20", "2..1000", "Connections to PostgreSQL at once.", null, null,
            (c, n, s) => c with { Postgres = c.Postgres with { PoolSize = s.Integer(n, "postgres.pool_size", 2, 1000) ?? 20 } }),
        new("postgres.pool_ceiling", "50", "2..1000", "Connections to PostgreSQL at once while callers have to wait for one.", null, null,
            (c, n, s) => c with { Postgres = c.Postgres with { PoolCeiling = s.Integer(n, "postgres.pool_ceiling", 2, 1000) ?? 50 } }),
        new("alerts.rules", "{}", "name: {signal, above or below, clear, for, clear_after, severity, message}", "Own alert rules, and changes of built-in ones by their name.", "{disk_filling: {above: 80%}, many_frozen: {signal: tasks.frozen, above: 3, for: 5m, severity: info}}", null,
            (c, n, s) => c with { Alerts = c.Alerts with { Rules = AlertRuleReader.Rules(n, s) } }),
        new("alerts.off", "[]", "names of built-in rules", "Built-in alert rules that are switched off.", "[cpu_saturated]", null,
            (c, n, s) => c with { Alerts = c.Alerts with { Off = AlertRuleReader.Off(n, s) } }),
        new("alerts.targets", "{}", "name: {webhook, slack or command, severity, clears}", "Where alerts are delivered; an address that is secret is named.", "{team: {slack: {from: SLACK_WEBHOOK}, severity: warning}}", null,
            (c, n, s) => c with { Alerts = c.Alerts with { Targets = AlertTargetReader.Read(n, s) } }),
        new("alerts.repeat", "4h", "off or a duration", "After what time an alert that stays and is not acknowledged is delivered again.", null, null,
            (c, n, s) => c with { Alerts = c.Alerts with { Repeat = n is { Kind: NodeKind.Scalar, Text: "off" or "false" } ? null : s.Duration(n, "alerts.repeat") ?? c.Alerts.Repeat } }),
        new("scaling.least", "1", "1..20", "Fewest nodes that the scaling advice asks for.", null, null,
            (c, n, s) => c with { Scaling = c.Scaling with { Least = s.Integer(n, "scaling.least", 1, ScalingHookSettings.Largest) ?? 1 } }),
        new("scaling.most", "20", "1..20", "Most nodes that the scaling advice asks for.", null, null,
            (c, n, s) => c with { Scaling = c.Scaling with { Most = s.Integer(n, "scaling.most", 1, ScalingHookSettings.Largest) ?? ScalingHookSettings.Largest } }),
        new("scaling.hook", "none", "none or a URL", "Told by POST when another number of nodes is wanted.", "https://fleet.example/scale", null,
            (c, n, s) => c with { Scaling = c.Scaling with { Hook = Hook(n, s) } }),
        new("retention.age", "30d", "a duration", "Finished work older than this may be removed.", null, "PLIMSOLL_RETENTION_AGE",
            (c, n, s) => c with { RetentionAge = s.Duration(n, "retention.age") ?? c.RetentionAge }),
        new("retention.size", "10G", "a size", "Above this the oldest finished work may be removed.", null, "PLIMSOLL_RETENTION_SIZE",
            (c, n, s) => c with { RetentionSize = s.Size(n, "retention.size") ?? c.RetentionSize }),
        new("stop.grace", "10s", "a duration", "Time between SIGTERM and SIGKILL.", null, "PLIMSOLL_STOP_GRACE",
            (c, n, s) => c with { StopGrace = s.Duration(n, "stop.grace", zero: true) ?? c.StopGrace }),
        new("stop.drain", "30s", "a duration", "How long running tasks may go on after the first Ctrl-C.", null, "PLIMSOLL_STOP_DRAIN",
            (c, n, s) => c with { StopDrain = s.Duration(n, "stop.drain", zero: true) ?? c.StopDrain }),
    ];

    public static IReadOnlyList<string> Keys { get; } = [.. All.Select(option => option.Key)];

    private static bool IsAuto(Node node) => node is { Kind: NodeKind.Scalar, Text: "auto" };

    private static string? Hook(Node node, Scalars scalars)
    {
        string? text = JournalReader.TextOrNone(node, "scaling.hook", scalars);
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
        {
            return text;
        }

        scalars.Diagnostics.Error(node, "scaling.hook must be an http or https address", "Write https://host/path, or none.");
        return null;
    }

    private static PlimsollConfiguration Agents(PlimsollConfiguration configuration, Node node, Scalars scalars)
    {
        ImmutableDictionary<string, AgentAdapter> agents = configuration.Agents;
        foreach (NodeEntry entry in scalars.Mapping(node, "agents"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of an agent", Names.IdRule);
            }
            else if (AgentReader.Read(entry.Key.Text, entry.Value, scalars) is { } adapter)
            {
                agents = agents.SetItem(adapter.Name, adapter);
            }
        }

        return configuration with { Agents = agents };
    }

    private static PlimsollConfiguration Templates(PlimsollConfiguration configuration, Node node, Scalars scalars)
    {
        ImmutableDictionary<string, TaskTemplate> templates = configuration.Templates;
        foreach (NodeEntry entry in scalars.Mapping(node, "templates"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a template", Names.IdRule);
            }
            else
            {
                templates = templates.SetItem(entry.Key.Text, TaskTemplate.Read(entry.Key.Text, entry.Value, scalars));
            }
        }

        return configuration with { Templates = templates };
    }
}
