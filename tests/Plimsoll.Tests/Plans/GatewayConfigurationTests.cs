using System.Text.Json;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Schema;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class GatewayConfigurationTests
{
    private const string Whole = """
        providers:
          anthropic:
            key: {from: ANTHROPIC_API_KEY}
            limits: {"claude-opus-*": {rpm: 50, itpm: 30k}, rpm: 1000, itpm: 2M, otpm: 400k/min, rpd: 1M, concurrency: 40, usd: 5 USD/d}
            prices: {"claude-*": {input: 3, output: 15, cache_read: 0.3, cache_write: 3.75}}
          local:
            kind: openai-compatible
            base_url: http://127.0.0.1:11434/v1
            charge: sum
            ask_for_usage: false
            aliases: {fast: small-model}
          east:
            kind: azure
            base_url: https://east.example.com
            api_version: "2025-01-01"
            ca_file: certificates/ca.pem
            accounts: {main: {key: {file: keys/main}, limits: auto}, spare: {key: {from: SPARE}}}
        pools:
          fleet:
            strategy: weighted_round_robin
            endpoints: [local, {provider: east, account: spare, models: ["gpt-*"], weight: 2, context: 128k, region: eu}]
        gateway:
          port: 8787
          coalesce: off
          cache: {routes: [embeddings, chat/completions], entries: 5, ttl: 10m, size: 1M}
          batching: {requests: 9, window: 20ms}
          budgets: {per_task: 0.50, per_run: 5 USD, per_day: $100}
          keys: {editor: {key: {from: EDITOR_KEY}, limit: {sliding_window: 100/10s}, priority: 3, weight: 2}}
        limits:
          github: {token_bucket: 60/min, burst: 10}
          npm: {sliding_window: 100/10s}
          second: {token_bucket: 600}
        """;

    [Fact]
    public void Everything_that_can_be_written_arrives()
    {
        PlimsollConfiguration configuration = Good(Whole);
        GatewaySettings gateway = configuration.Gateway;
        ProviderSettings anthropic = gateway.Providers[0];
        Assert.Equal((ProviderKind.Anthropic, "https://api.anthropic.com/"), (anthropic.Kind, anthropic.BaseUrl.ToString()));
        Assert.Equal(new KeySource("ANTHROPIC_API_KEY", null), Assert.Single(anthropic.Accounts).Key);
        Assert.Equal(
            [
                new QuotaSettings("claude-opus-*", Rate.PerMinute(50), Rate.PerMinute(30_000)),
                new QuotaSettings("*", Rate.PerMinute(1000), Rate.PerMinute(2_000_000), Rate.PerMinute(400_000), null, new Rate(1_000_000, TimeSpan.FromDays(1)), 40, new Rate(5_000_000, TimeSpan.FromDays(1))),
            ],
            anthropic.Accounts[0].Quotas);
        Assert.Equal(new PriceSettings("claude-*", 3, 15, 0.3m, 3.75m), Assert.Single(anthropic.Prices));
        ProviderSettings local = gateway.Providers[1];
        Assert.Equal((true, false, "small-model"), (local.ChargesSum, local.AsksForUsage, local.Aliases["fast"]));
        Assert.Null(Assert.Single(local.Accounts).Key);
        ProviderSettings east = gateway.Providers[2];
        Assert.Equal(("2025-01-01", "/project/certificates/ca.pem"), (east.ApiVersion, east.CaFile));
        Assert.Equal(["main", "spare"], east.Accounts.Select(account => account.Name));
        Assert.Equal("/project/keys/main", east.Accounts[0].Key?.File);
        PoolSettings pool = Assert.Single(gateway.Pools);
        Assert.Equal(BalancingStrategy.WeightedRoundRobin, pool.Strategy);
        Assert.Equal(("spare", 2.0, 128_000L, "eu"), (pool.Endpoints[1].Account, pool.Endpoints[1].Weight, pool.Endpoints[1].ContextTokens, pool.Endpoints[1].Region));
        Assert.Equal((8787, false), (gateway.Port, gateway.Coalesces));
        Assert.Equal((5, TimeSpan.FromMinutes(10), 1L << 20), (gateway.Cache.Entries, gateway.Cache.TimeToLive, gateway.Cache.Size.Value));
        Assert.Equal(new BatchingSettings(9, TimeSpan.FromMilliseconds(20)), gateway.Batching);
        Assert.Equal(new BudgetSettings(500_000, 5_000_000, 100_000_000), gateway.Budgets);
        Assert.Equal(new InboundKeySettings("editor", new KeySource("EDITOR_KEY", null), new LimitPolicy(new Rate(100, TimeSpan.FromSeconds(10)), null), 3, 2), Assert.Single(gateway.Keys));
        Assert.Equal(new LimitPolicy(Rate.PerMinute(60), 10), configuration.Limits["github"]);
        Assert.Equal(new LimitPolicy(new Rate(100, TimeSpan.FromSeconds(10)), null), configuration.Limits["npm"]);
        Assert.Equal(new LimitPolicy(Rate.PerMinute(600), 10), configuration.Limits["second"]);
    }

    [Theory]
    [InlineData("providers: {anthropc: {}}", "plimsoll.yaml:1:13: error: provider anthropc has no kind (found anthropc). Add kind: with one of anthropic, openai, openai-compatible, azure.")]
    [InlineData("providers: {a: {kind: openia}}", "plimsoll.yaml:1:23: error: kind must be one of anthropic, openai, openai-compatible, azure (found openia). Did you mean openai?")]
    [InlineData("providers: {openai: {base_ulr: x}}", "plimsoll.yaml:1:22: error: unknown key in a provider (found base_ulr). Did you mean base_url?")]
    [InlineData("providers: {openai: {base_url: \"http://models.example.com\"}}", "plimsoll.yaml:1:32: error: an http:// provider must be on this machine, because its key would be readable on the way (found http://models.example.com). Write https://, with ca_file: for an authority of your own.")]
    [InlineData("providers: {openai: {base_url: api.openai.com}}", "plimsoll.yaml:1:32: error: base_url must be an absolute URL that begins with https:// (found api.openai.com). Write for example https://models.example.com or http://127.0.0.1:11434.")]
    [InlineData("providers: {local: {kind: azure}}", "plimsoll.yaml:1:13: error: provider local has no base_url (found local). Add base_url: https://…, without a route like /chat/completions.")]
    [InlineData("providers: {openai: {limits: {rpm: 0}}}", "plimsoll.yaml:1:36: error: rpm must be a whole amount above zero per time (found 0). Write for example 60/min, 2M/min, 100/10s or a number per min.")]
    [InlineData("providers: {openai: {limits: {itpm: -5}}}", "plimsoll.yaml:1:37: error: itpm must be a whole amount above zero per time (found -5). Write for example 60/min, 2M/min, 100/10s or a number per min.")]
    [InlineData("providers: {openai: {limits: {usd: free}}}", "plimsoll.yaml:1:36: error: usd must be an amount of US dollars per time above zero (found free). Write for example 5 USD/d, 0.50/h or a number per day.")]
    [InlineData("providers: {openai: {limits: {rmp: 1}}}", "plimsoll.yaml:1:31: error: unknown key in limits (found rmp). Did you mean rpm?")]
    [InlineData("providers: {openai: {prices: {gpt: {input: 20000}}}}", "plimsoll.yaml:1:44: error: input (US dollars for a million tokens) must be a number from 0 to 10000 (found 20000). Write a number from 0 to 10000.")]
    [InlineData("providers: {openai: {accounts: {}}}", "plimsoll.yaml:1:32: error: there are no accounts (found a mapping). Write at least one, for example main: {key: {from: ANTHROPIC_API_KEY}}.")]
    [InlineData("providers: {openai: {key: {from: A}, accounts: {b: {}}}}", "plimsoll.yaml:1:48: error: provider openai has accounts and also a key or limits of its own. Write key: and limits: at each account.")]
    [InlineData("providers: {openai: {}, openai: {}}", "plimsoll.yaml:1:25: error: the key is written twice, first at line 1 column 13 (found openai). Remove one of them.")]
    [InlineData("{providers: {openai: {}}, pools: {p: {endpoints: [openia]}}}", "plimsoll.yaml:1:51: error: unknown provider (found openia). Did you mean openai?")]
    [InlineData("{providers: {openai: {}}, pools: {p: {endpoints: [{provider: openai, weight: 0}]}}}", "plimsoll.yaml:1:78: error: weight must be a number from 0.001 to 1000 (found 0). Write a number from 0.001 to 1000.")]
    [InlineData("{providers: {openai: {}}, pools: {p: {endpoints: []}}}", "plimsoll.yaml:1:35: error: pool p has no endpoints (found p). Add endpoints: [PROVIDER, …].")]
    [InlineData("{providers: {openai: {}}, pools: {openai: {endpoints: [openai]}}}", "plimsoll.yaml:1:35: error: a provider has this name already, and llm: could mean either (found openai). Give the pool another name.")]
    [InlineData("gateway: {port: 70000}", "plimsoll.yaml:1:17: error: gateway.port must be a whole number from 0 to 65535 (found 70000). Write a number from 0 to 65535.")]
    [InlineData("gateway: {budget: {}}", "plimsoll.yaml:1:11: error: unknown key in gateway (found budget). Did you mean budgets?")]
    [InlineData("gateway: {budgets: {per_day: 0}}", "plimsoll.yaml:1:30: error: per_day must be an amount of US dollars above zero, at most a billion (found 0). Write for example 5, 0.50 or 5 USD.")]
    [InlineData("gateway: {keys: {a: {}}}", "plimsoll.yaml:1:18: error: key a does not say where it is read (found a). Add key: {from: VARIABLE} or key: {file: PATH}.")]
    [InlineData("limits: {github: {}}", "plimsoll.yaml:1:18: error: limit github says neither token_bucket nor sliding_window (found a mapping). Write {token_bucket: 60/min, burst: 10} or {sliding_window: 100/10s}.")]
    [InlineData("limits: {github: {sliding_window: 5/s, burst: 2}}", "plimsoll.yaml:1:18: error: limit github has a burst, and a sliding window has none (found a mapping). Remove burst:, or write token_bucket: for a bucket.")]
    [InlineData("limits: {github: {token_bucket: 1.5/s}}", "plimsoll.yaml:1:33: error: token_bucket must be a whole amount above zero per time (found 1.5/s). Write for example 60/min, 2M/min, 100/10s or a number per min.")]
    public void A_mistake_has_a_place_the_value_and_a_cure(string yaml, string expected) =>
        Assert.Equal(expected, Assert.Single(Load(yaml).Diagnostics).ToString());

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(5, Load("providers: {openai: {limits: {rpm: 0, tpm: x}, charge: all}}\ngateway: {port: -1}\nlimits: {a: {burst: 0}}").Diagnostics.Length);

    [Theory]
    [InlineData("providers: {openai: {key: sk-SECRET}}")]
    [InlineData("providers: {openai: {key: {from: sk-SECRET}}}")]
    [InlineData("providers: {openai: {api_key: sk-SECRET}}")]
    [InlineData("providers: {openai: {accounts: {a: {key: sk-SECRET}}}}")]
    [InlineData("providers: {openai: {base_url: \"https://user:sk-SECRET@example.com\"}}")]
    [InlineData("providers: {openai: {base_url: \"https://example.com/?key=sk-SECRET\"}}")]
    [InlineData("gateway: {keys: {a: {key: sk-SECRET}}}")]
    [InlineData("agents: {claude: {env: {ANTHROPIC_API_KEY: sk-SECRET}}, c: {}}")]
    public void A_key_that_is_written_down_is_refused_and_never_repeated(string yaml)
    {
        ConfigurationResult result = Load(yaml);
        string message = Assert.Single(result.Diagnostics).ToString();
        Assert.DoesNotContain("sk-SECRET", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-SECRET", string.Join('\n', result.Configuration.Values.Select(value => value.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_key_comes_from_is_shown_with_the_place_it_was_written()
    {
        ConfigurationValue shown = Good("providers:\n  openai: {key: {from: MINE}}\n").Values.Single(value => value.Key == "providers");
        Assert.Equal(("{openai: {key: {from: MINE}}}", "plimsoll.yaml:2:3"), (shown.Value, shown.Origin));
    }

    [Fact]
    public void The_schema_of_the_configuration_accepts_what_is_accepted_and_knows_every_setting()
    {
        Assert.True(Accepts(Whole));
        Assert.True(Accepts("concurrency: {policy: tiers}\nhost: {memory: 8G, cores: 2}\nlocks: {gpu: 2}\nagents: {claude: {model: x}}\nstop: {grace: 5s}\ngateway: {cache: off, tasks: on}\n"));
    }

    [Theory]
    [InlineData("provider: {}")]
    [InlineData("providers: {openai: {key: sk-SECRET}}")]
    [InlineData("providers: {openai: {base_ulr: \"https://x\"}}")]
    [InlineData("providers: {openai: {limits: {rpm: 0}}}")]
    [InlineData("providers: {openai: {limits: {gpt: {rmp: 1}}}}")]
    [InlineData("pools: {p: {strategy: luck, endpoints: [openai]}}")]
    [InlineData("gateway: {port: 70000}")]
    [InlineData("gateway: {budgets: {per_week: 1}}")]
    [InlineData("limits: {github: {burst: 0}}")]
    public void The_schema_of_the_configuration_refuses_what_is_refused(string yaml)
    {
        Assert.NotEmpty(Load(yaml).Diagnostics);
        Assert.False(Accepts(yaml));
    }

    private static bool Accepts(string yaml)
    {
        using JsonDocument schema = JsonDocument.Parse(ConfigurationSchema.Text);
        return new SchemaChecker(schema.RootElement).Accepts(NodeReader.Read("plimsoll.yaml", yaml, PlanFormat.Yaml, new DiagnosticBag())!);
    }

    private static PlimsollConfiguration Good(string yaml)
    {
        ConfigurationResult result = Load(yaml);
        Assert.Empty(result.Diagnostics);
        return result.Configuration;
    }

    private static ConfigurationResult Load(string yaml)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, ConfigurationLoader.FileName), yaml);
            ConfigurationResult result = ConfigurationLoader.Load(folder, new Dictionary<string, string>(StringComparer.Ordinal), []);
            return result with { Configuration = Moved(result.Configuration, folder) };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Paths as if the project were in <c>/project</c>.</summary>
    private static PlimsollConfiguration Moved(PlimsollConfiguration configuration, string folder) => configuration with
    {
        Gateway = configuration.Gateway with
        {
            Providers = [.. configuration.Gateway.Providers.Select(provider => provider with
            {
                CaFile = provider.CaFile?.Replace(folder, "/project", StringComparison.Ordinal),
                Accounts = [.. provider.Accounts.Select(account => account with { Key = account.Key is null ? null : account.Key with { File = account.Key.File?.Replace(folder, "/project", StringComparison.Ordinal) } })],
            })],
        },
    };
}
