using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Gateways;

/// <summary>Decides which tasks use the gateway, and through whom.</summary>
/// <remarks>
/// Agents do where a configured provider speaks their dialect, unless they or their task say <c>gateway: false</c> or name a base URL of their
/// own. Plain commands do where the task says so, or <c>gateway.tasks: true</c> does for all.
/// </remarks>
internal sealed class GatewayRule(PlimsollConfiguration configuration, Scalars scalars)
{
    private readonly GatewaySettings gateway = configuration.Gateway;

    /// <summary>Of a task; null when it does not use the gateway, or what is wrong has been reported.</summary>
    public GatewayUse? Of(TaskSettings settings)
    {
        if (settings.Llm is { } llm)
        {
            return Use(GatewayWiring.Call, settings.LlmRoute?.Text ?? GatewayWish.Yes, settings.LlmRoute ?? llm, settings.LlmModel?.Text);
        }

        if (settings.Noop is not null)
        {
            return null;
        }

        AgentAdapter? adapter = settings.Agent is { } agent ? configuration.Agents.GetValueOrDefault(agent.Text) : null;
        bool written = settings.Gateway is not null;
        string? wish = settings.Gateway ?? adapter?.Gateway ?? (adapter is null && configuration.GatewayTasks ? GatewayWish.Yes : null);
        bool ownAddress = adapter?.BaseUrlVariable is { } variable && adapter.Environment.ContainsKey(variable);
        Node at = settings.GatewayAt ?? settings.Agent ?? settings.At;
        GatewayWiring wiring = adapter?.Wiring ?? GatewayWiring.Sdk;
        if (wish == GatewayWish.No || (wish is null && (adapter is null || ownAddress)))
        {
            return null;
        }

        if (wish is null || (wish == GatewayWish.Yes && !written))
        {
            return Fitting(wiring, adapter?.Model) is { Length: > 0 } fitting ? new GatewayUse(wiring, null, fitting) : null;
        }

        if (wiring == GatewayWiring.None)
        {
            scalars.Diagnostics.Error(at, $"agent {adapter!.Name} speaks an API that the gateway does not", "Remove gateway: from it.");
            return null;
        }

        return Use(wiring, wish, at, adapter?.Model);
    }

    /// <summary>Of an agent without a task around it.</summary>
    public GatewayUse? Of(AgentAdapter adapter) =>
        Of(new TaskSettings { At = Node.Scalar("", adapter.Name), Agent = Node.Scalar("", adapter.Name) });

    private GatewayUse? Use(GatewayWiring wiring, string wish, Node at, string? model)
    {
        if (gateway.Providers.IsEmpty)
        {
            scalars.Diagnostics.Error(at, null, wiring == GatewayWiring.Call ? "llm needs a model provider, and none is configured" : "the task asks for the gateway, and no provider is configured", $"Add one under providers: in {ConfigurationLoader.FileName}, for example anthropic: {{key: {{from: ANTHROPIC_API_KEY}}}}.");
            return null;
        }

        ImmutableArray<string> providers = wish == GatewayWish.Yes ? Fitting(wiring, model) : Named(wish);
        if (!providers.IsEmpty)
        {
            return new GatewayUse(wiring, wish == GatewayWish.Yes ? null : wish, providers);
        }

        if (wish == GatewayWish.Yes)
        {
            scalars.Diagnostics.Error(at, $"no configured provider speaks what {wiring} does", $"Configured: {string.Join(", ", gateway.Providers.Select(one => one.Name))}.");
        }
        else
        {
            string[] names = [.. gateway.Providers.Select(one => one.Name), .. gateway.Pools.Select(pool => pool.Name)];
            scalars.Diagnostics.Error(at, wish, "there is no provider or pool of this name", Nearest.Cure(wish, names, "provider or pool"));
        }

        return null;
    }

    private ImmutableArray<string> Named(string name) =>
        gateway.Providers.Any(provider => provider.Name == name) ? [name]
        : [.. gateway.Pools.Where(pool => pool.Name == name).SelectMany(pool => pool.Endpoints).Select(endpoint => endpoint.Provider).Distinct(StringComparer.Ordinal)];

    private ImmutableArray<string> Fitting(GatewayWiring wiring, string? model)
    {
        ImmutableArray<ProviderSettings> fitting = [.. gateway.Providers.Where(provider => Speaks(wiring, provider.Kind))];
        if (wiring is GatewayWiring.Claude or GatewayWiring.Codex || model is null)
        {
            return Names(fitting);
        }

        // A model tells which API its caller will speak.
        bool anthropic = model.Contains("claude", StringComparison.OrdinalIgnoreCase) || model.StartsWith("anthropic/", StringComparison.Ordinal);
        ImmutableArray<string> likely = Names([.. fitting.Where(provider => provider.Kind == ProviderKind.Anthropic == anthropic)]);
        return likely.IsEmpty ? Names(fitting) : likely;
    }

    private static ImmutableArray<string> Names(ImmutableArray<ProviderSettings> providers) => [.. providers.Select(provider => provider.Name)];

    private static bool Speaks(GatewayWiring wiring, ProviderKind kind) => wiring switch
    {
        GatewayWiring.None => false,
        GatewayWiring.Claude => kind == ProviderKind.Anthropic,
        GatewayWiring.Codex => kind != ProviderKind.Anthropic,
        _ => true,
    };
}
