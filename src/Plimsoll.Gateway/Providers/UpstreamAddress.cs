using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Plimsoll.Core.Providers;

namespace Plimsoll.Gateway.Providers;

/// <summary>Where a provider serves a route.</summary>
internal sealed partial class UpstreamAddress(ProviderSettings provider)
{
    private const int MostKept = 1024;

    private readonly ConcurrentDictionary<(string Tail, string Query, string? Deployment), Uri> known = new();
    private readonly string origin = Origin(provider);

    /// <param name="model">Names the deployment at Azure.</param>
    public Uri Of(Route route, string query, string? model)
    {
        string? deployment = provider.Kind == ProviderKind.Azure && route.IsMetered && !origin.EndsWith("/v1", StringComparison.Ordinal) ? model : null;
        (string Tail, string Query, string? Deployment) name = (route.Tail, query, deployment);
        if (known.TryGetValue(name, out Uri? address))
        {
            return address;
        }

        address = Made(name);
        if (known.Count < MostKept)
        {
            known.TryAdd(name, address);
        }

        return address;
    }

    private Uri Made((string Tail, string Query, string? Deployment) name)
    {
        string tail = name.Deployment is { } deployment ? $"deployments/{Uri.EscapeDataString(deployment)}/{name.Tail}" : name.Tail;
        string query = name.Query;
        if (provider.ApiVersion is { } version && !query.Contains("api-version=", StringComparison.Ordinal))
        {
            query += (query.Length > 1 ? "&" : "?") + "api-version=" + Uri.EscapeDataString(version);
            query = query[0] == '?' ? query : "?" + query.TrimStart('&');
        }

        return new($"{origin}/{tail}{query}");
    }

    /// <summary>The base URL with its version: <c>/v1</c> is added where no segment is one.</summary>
    private static string Origin(ProviderSettings provider)
    {
        string path = provider.BaseUrl.AbsolutePath.TrimEnd('/');
        string start = provider.BaseUrl.GetLeftPart(UriPartial.Authority) + path;
        if (provider.Kind == ProviderKind.Azure)
        {
            return path.Contains("/openai", StringComparison.Ordinal) ? start : start + "/openai";
        }

        return Version().IsMatch(path) ? start : start + "/v1";
    }

    [GeneratedRegex(@"/v\d+\w*(/|$)")]
    private static partial Regex Version();
}
