using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Balancing;

/// <summary>A member of a pool: an account, and what it serves there.</summary>
internal sealed class Endpoint(Account account, EndpointSettings settings)
{
    /// <summary>Bytes of a body that make a token, at least: a body is not refused for its length by mistake.</summary>
    private const int BytesPerToken = 6;

    public Account Account => account;

    public double Weight => settings.Weight;

    public string? Region => settings.Region;

    /// <summary>Whether it was configured for certain models.</summary>
    public bool IsForSome => !settings.Models.IsDefaultOrEmpty;

    public bool Serves(Exchange exchange) =>
        Speaks(exchange.IsAnthropic)
        && (!exchange.Route.IsMetered || (Knows(exchange.Model) && exchange.Body.Length / BytesPerToken <= (settings.ContextTokens ?? long.MaxValue)));

    public bool Speaks(bool anthropic) => account.Provider.Kind == ProviderKind.Anthropic == anthropic;

    public bool Knows(string? model)
    {
        if (!IsForSome || model is null)
        {
            return true;
        }

        ImmutableArray<string> patterns = settings.Models;
        foreach (string pattern in patterns)
        {
            if (ModelPattern.Matches(pattern, model))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name under which the provider knows a model.</summary>
    public string? NameOf(string? model) => model is not null && account.Provider.Aliases.TryGetValue(model, out string? name) ? name : model;

    /// <summary>Requests in its hands for a model.</summary>
    public int LoadFor(string? model) => model is null ? 0 : account.Quotas.Of(QuotaName(model)).Load;

    public bool IsRestingFor(Exchange exchange) => exchange.Route.IsMetered && account.Quotas.Of(QuotaName(exchange.Model)).IsResting;

    /// <summary>The model whose quota a request uses; one that cannot be read, because the body is compressed, uses some as well.</summary>
    public string QuotaName(string? model) => NameOf(model) ?? QuotaBook.AnyModel;
}
