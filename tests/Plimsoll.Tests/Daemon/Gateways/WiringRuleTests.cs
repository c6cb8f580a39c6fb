using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Daemon.Gateways;

public sealed class WiringRuleTests
{
    private const string Address = "http://127.0.0.1:4242";

    [Fact]
    public void Claude_Code_gets_a_base_url_without_version_and_loses_what_leads_past_the_gateway()
    {
        AttemptWiring wiring = Of(GatewayWiring.Claude);
        Assert.Equal([new("ANTHROPIC_BASE_URL", Address), new("ANTHROPIC_AUTH_TOKEN", "virtual")], wiring.Variables);
        Assert.Superset(new HashSet<string>(["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK"], StringComparer.Ordinal), wiring.Removed.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Codex_gets_a_provider_of_its_own_behind_its_subcommand()
    {
        AttemptWiring wiring = Of(GatewayWiring.Codex);
        ImmutableArray<string> command = wiring.Apply(["codex", "exec", "--sandbox", "workspace-write", "--", "exec this"]);
        Assert.Equal(["codex", "exec", "-c", "model_provider=\"plimsoll\""], command[..4]);
        Assert.Equal(["--sandbox", "workspace-write", "--", "exec this"], command[^4..]);
        Assert.Contains($"model_providers.plimsoll.base_url=\"{Address}/v1\"", command);
        Assert.Contains("model_providers.plimsoll.env_key=\"PLIMSOLL_GATEWAY_KEY\"", command);
        Assert.Contains("model_providers.plimsoll.wire_api=\"responses\"", command);
        Assert.Contains("model_providers.plimsoll.supports_websockets=false", command);
        Assert.DoesNotContain(command, argument => argument.Contains("virtual", StringComparison.Ordinal));
        Assert.Equal([new("PLIMSOLL_GATEWAY_KEY", "virtual")], wiring.Variables);
        Assert.Contains("OPENAI_API_KEY", wiring.Removed);
    }

    [Fact]
    public void OpenCode_keeps_its_configuration_and_gets_the_providers()
    {
        var inherited = new Dictionary<string, string>(StringComparer.Ordinal) { ["OPENCODE_CONFIG_CONTENT"] = """{"theme":"dark","provider":{"openai":{"name":"mine"},"other":{}}}""" };
        AttemptWiring wiring = Of(GatewayWiring.OpenCode, inherited: inherited, arguments: ["opencode", "run", "--model=local/qwen", "--", "x"]);
        using JsonDocument json = JsonDocument.Parse(wiring.Variables.Single(entry => entry.Key == "OPENCODE_CONFIG_CONTENT").Value);
        JsonElement providers = json.RootElement.GetProperty("provider");
        Assert.Equal("dark", json.RootElement.GetProperty("theme").GetString());
        Assert.Equal(($"{Address}/v1", "virtual"), Options(providers, "anthropic"));
        Assert.Equal(($"{Address}/v1", "virtual"), Options(providers, "openai"));
        Assert.Equal(($"{Address}/local/v1", "virtual"), Options(providers, "local"));
        Assert.True(providers.GetProperty("local").GetProperty("models").TryGetProperty("qwen", out _));
        Assert.True(providers.TryGetProperty("other", out _));
    }

    [Fact]
    public void Commands_get_the_variables_of_those_sdks_that_somebody_serves()
    {
        Assert.Equal(
            ["PLIMSOLL_GATEWAY_KEY", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY"],
            Of(GatewayWiring.Sdk).Variables.Select(entry => entry.Key));
        AttemptWiring only = Of(GatewayWiring.Sdk, "local");
        Assert.Equal([new("PLIMSOLL_GATEWAY_KEY", "virtual"), new("OPENAI_BASE_URL", $"{Address}/local/v1"), new("OPENAI_API_KEY", "virtual")], only.Variables);
        Assert.Equal(["PLIMSOLL_GATEWAY_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY"], Of(GatewayWiring.Sdk, "fleet").Variables.Select(entry => entry.Key));
    }

    [Fact]
    public void Aider_gets_what_its_library_reads()
    {
        AttemptWiring wiring = Of(GatewayWiring.Aider);
        Assert.Contains(new("OPENAI_API_BASE", $"{Address}/v1"), wiring.Variables);
        Assert.Contains(new("ANTHROPIC_API_BASE", Address), wiring.Variables);
    }

    [Fact]
    public void A_proxy_is_not_asked_for_this_machine()
    {
        AttemptWiring wiring = Of(GatewayWiring.Claude, inherited: new Dictionary<string, string>(StringComparer.Ordinal) { ["HTTPS_PROXY"] = "http://proxy:8080", ["NO_PROXY"] = "example.org" });
        Assert.Contains(new("NO_PROXY", "example.org,127.0.0.1,localhost"), wiring.Variables);
    }

    [Theory]
    [InlineData("{\"a\": 1, \"b\": \"two\"}", "a=1;b=two")]
    [InlineData("```json\n{\"a\": 1, \"b\": \"two\"}\n```\n", "a=1;b=two")]
    [InlineData("{\"a\": 1}", "the answer has no member b; ask in the prompt for a JSON object with the members a, b")]
    [InlineData("hello", "the answer is no JSON object with the members a, b; ask for one in the prompt")]
    public void Several_outputs_are_members_of_an_object(string answer, string expected)
    {
        IReadOnlyDictionary<string, string>? outputs = ModelOutputs.Read(answer, ["a", "b"], out string? refusal);
        Assert.Equal(expected, refusal ?? string.Join(';', outputs!.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    private static (string?, string?) Options(JsonElement providers, string name)
    {
        JsonElement options = providers.GetProperty(name).GetProperty("options");
        return (options.GetProperty("baseURL").GetString(), options.GetProperty("apiKey").GetString());
    }

    private static AttemptWiring Of(GatewayWiring wiring, string? route = null, Dictionary<string, string>? inherited = null, ImmutableArray<string>? arguments = null)
    {
        GatewaySettings settings = new(
            [Provider("anthropic", ProviderKind.Anthropic), Provider("openai", ProviderKind.OpenAI), Provider("local", ProviderKind.OpenAICompatible)],
            [new PoolSettings("fleet", BalancingStrategy.LeastLoaded, [new EndpointSettings("openai", null, []), new EndpointSettings("local", null, [])])]);
        RenderedTask task = new(arguments ?? [], null, [], null, WorkspaceKind.Shared, null, [], null, "auto");
        return new WiringRule(new Uri(Address), settings).Of(new GatewayDemand(wiring, route), "virtual", task, inherited ?? []);
    }

    private static ProviderSettings Provider(string name, ProviderKind kind) => new(name, kind, new Uri("https://example.org"), [], []);
}
