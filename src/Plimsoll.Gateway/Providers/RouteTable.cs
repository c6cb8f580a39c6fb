using System.Collections.Frozen;

namespace Plimsoll.Gateway.Providers;

/// <summary>Finds the route of a path with, without and with a doubled <c>/v1</c>, in Azure's form, and behind the name of a pool or provider.</summary>
internal sealed class RouteTable
{
    private const string Deployments = "openai/deployments/";

    private static readonly FrozenDictionary<string, Route> Fixed = new Route[]
    {
        new(RouteKind.Messages, "messages", "messages"),
        new(RouteKind.CountTokens, "messages/count_tokens", "messages/count_tokens"),
        new(RouteKind.Models, "models", "models"),
        new(RouteKind.Chat, "chat/completions", "chat/completions"),
        new(RouteKind.Responses, "responses", "responses"),
        new(RouteKind.ResponseParts, "responses/compact", "responses/compact"),
        new(RouteKind.ResponseParts, "responses/input_tokens", "responses/input_tokens"),
        new(RouteKind.Embeddings, "embeddings", "embeddings"),
    }.ToFrozenDictionary(route => route.Tail, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Route> direct;
    private readonly FrozenSet<string> selectors;

    /// <param name="selectors">Names of pools and providers.</param>
    public RouteTable(IEnumerable<string> selectors)
    {
        this.selectors = selectors.ToFrozenSet(StringComparer.Ordinal);
        direct = Fixed.Values
            .SelectMany(route => ((string[])["/", "/v1/", "/v1/v1/"]).Select(prefix => KeyValuePair.Create(prefix + route.Tail, route)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The route, or null if nothing is served there.</summary>
    public Route? Find(string path) => direct.TryGetValue(path, out Route? route) ? route : FindSlowly(path);

    private Route? FindSlowly(string path)
    {
        string rest = path.Trim('/');
        string? selector = null;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && selectors.Contains(rest[..slash]))
        {
            selector = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        rest = WithoutVersion(rest);
        string? deployment = null;
        if (rest.StartsWith(Deployments, StringComparison.Ordinal))
        {
            int end = rest.IndexOf('/', Deployments.Length);
            if (end < 0)
            {
                return null;
            }

            deployment = rest[Deployments.Length..end];
            rest = rest[(end + 1)..];
        }
        else if (rest.StartsWith("openai/", StringComparison.Ordinal))
        {
            rest = WithoutVersion(rest["openai/".Length..]);
        }

        Route? route = Fixed.TryGetValue(rest, out Route? known) ? known : OfOne(rest);
        return route is null ? null : route with { Selector = selector, Deployment = deployment };
    }

    private static Route? OfOne(string rest)
    {
        RouteKind kind = rest.StartsWith("models/", StringComparison.Ordinal) ? RouteKind.Models : RouteKind.ResponseParts;
        if (kind == RouteKind.ResponseParts && !rest.StartsWith("responses/", StringComparison.Ordinal))
        {
            return null;
        }

        string[] segments = rest.Split('/');
        if (segments.Length > 5 || segments.Any(segment => segment is "" or "." or ".."))
        {
            return null;
        }

        string name = kind == RouteKind.Models ? "models/{id}" : string.Join('/', ["responses/{id}", .. segments.Skip(2).Take(1)]);
        return new(kind, string.Join('/', segments.Select(Uri.EscapeDataString)), name);
    }

    private static string WithoutVersion(string rest)
    {
        while (rest.StartsWith("v1/", StringComparison.Ordinal))
        {
            rest = rest["v1/".Length..];
        }

        return rest;
    }
}
