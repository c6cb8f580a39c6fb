using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Rendering;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Knows how each kind of program is told where the gateway is and which key it has.</summary>
/// <remarks>
/// Claude Code wants a base URL without <c>/v1</c>, the SDKs of OpenAI and the AI SDK one with it. Codex reads no variable reliably and gets a
/// model provider by arguments. Real keys and switches to other services are taken away, because a program prefers them to what it is told.
/// </remarks>
internal sealed class WiringRule(Uri address, GatewaySettings settings)
{
    private static readonly ImmutableArray<string> ClaudeOwn =
        ["ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY", "AWS_BEARER_TOKEN_BEDROCK"];

    private static readonly ImmutableArray<string> OpenAIOwn = ["OPENAI_API_KEY", "CODEX_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"];

    private static readonly ImmutableArray<string> Proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>What an attempt gets.</summary>
    /// <param name="key">Its virtual key.</param>
    /// <param name="inherited">The environment it would have without this.</param>
    public AttemptWiring Of(GatewayDemand demand, string key, RenderedTask task, IReadOnlyDictionary<string, string> inherited)
    {
        string root = address.AbsoluteUri.TrimEnd('/') + (demand.Route is { } route ? "/" + route : "");
        ImmutableArray<ProviderSettings> providers = ProvidersOf(demand.Route);
        AttemptWiring wiring = demand.Wiring switch
        {
            GatewayWiring.Claude => new(
                [new("ANTHROPIC_BASE_URL", root), new("ANTHROPIC_AUTH_TOKEN", key)],
                ClaudeOwn,
                []),
            GatewayWiring.Codex => new(
                [new(AttemptWiring.KeyVariable, key)],
                OpenAIOwn,
                CodexArguments(root)),
            GatewayWiring.OpenCode => new(
                [.. Sdk(providers, root, key), new(OpenCodeConfiguration.Variable, OpenCodeConfiguration.Write(address, root, key, task, providers, inherited))],
                ["ANTHROPIC_AUTH_TOKEN"],
                []),
            GatewayWiring.Aider => new(
                [.. Sdk(providers, root, key), new("OPENAI_API_BASE", root + "/v1"), new("ANTHROPIC_API_BASE", root)],
                ["ANTHROPIC_AUTH_TOKEN"],
                []),
            _ => new(Sdk(providers, root, key), ["ANTHROPIC_AUTH_TOKEN"], []),
        };
        return wiring with { Variables = [.. wiring.Variables, .. PastProxies(inherited)] };
    }

    /// <summary>The variables of the SDKs; only of those dialects that somebody behind the gateway speaks.</summary>
    private static ImmutableArray<KeyValuePair<string, string>> Sdk(ImmutableArray<ProviderSettings> providers, string root, string key)
    {
        var variables = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        variables.Add(new(AttemptWiring.KeyVariable, key));
        if (providers.Any(provider => provider.Kind == ProviderKind.Anthropic))
        {
            variables.Add(new("ANTHROPIC_BASE_URL", root));
            variables.Add(new("ANTHROPIC_API_KEY", key));
        }

        if (providers.Any(provider => provider.Kind != ProviderKind.Anthropic))
        {
            variables.Add(new("OPENAI_BASE_URL", root + "/v1"));
            variables.Add(new("OPENAI_API_KEY", key));
        }

        return variables.ToImmutable();
    }

    private static ImmutableArray<string> CodexArguments(string root)
    {
        string[] values =
        [
            "model_provider=\"plimsoll\"",
            "model_providers.plimsoll.name=\"plimsoll\"",
            $"model_providers.plimsoll.base_url=\"{root}/v1\"",
            $"model_providers.plimsoll.env_key=\"{AttemptWiring.KeyVariable}\"",
            "model_providers.plimsoll.wire_api=\"responses\"",
            "model_providers.plimsoll.requires_openai_auth=false",
            "model_providers.plimsoll.supports_websockets=false",
        ];
        return [.. values.SelectMany(value => (string[])["-c", value])];
    }

    /// <summary>A proxy in the environment is for the world outside, not for this machine.</summary>
    private static IEnumerable<KeyValuePair<string, string>> PastProxies(IReadOnlyDictionary<string, string> inherited)
    {
        if (!Proxies.Any(inherited.ContainsKey))
        {
            yield break;
        }

        string known = inherited.GetValueOrDefault("NO_PROXY") ?? inherited.GetValueOrDefault("no_proxy") ?? "";
        string direct = known.Length == 0 ? "127.0.0.1,localhost" : known + ",127.0.0.1,localhost";
        yield return new("NO_PROXY", direct);
        yield return new("no_proxy", direct);
    }

    private ImmutableArray<ProviderSettings> ProvidersOf(string? route)
    {
        if (route is null)
        {
            return settings.Providers;
        }

        string[] names = [route, .. settings.Pools.Where(pool => pool.Name == route).SelectMany(pool => pool.Endpoints).Select(endpoint => endpoint.Provider)];
        return [.. settings.Providers.Where(provider => names.Contains(provider.Name, StringComparer.Ordinal))];
    }
}
