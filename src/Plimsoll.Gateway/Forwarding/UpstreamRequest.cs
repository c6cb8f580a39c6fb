using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Writes the request for the provider: the client's own, with the provider's key in place of the virtual one.</summary>
internal static class UpstreamRequest
{
    private const string OAuthKey = "sk-ant-oat";

    /// <param name="body">As it is sent: the client's, or with an alias in it.</param>
    public static HttpRequestMessage Write(Exchange exchange, Account account, ReadOnlyMemory<byte> body, string? model)
    {
        HttpRequestMessage request = new(Method(exchange.Method), account.Address.Of(exchange.Route, exchange.Query, model))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        string? connection = exchange.Headers.Connection;
        foreach (KeyValuePair<string, StringValues> header in exchange.Headers)
        {
            if (!HeaderRules.IsSent(header.Key, connection))
            {
                continue;
            }

            if (header.Value.Count == 1)
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value[0]);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            }
        }

        AddKey(request, account);
        if (body.Length > 0 || exchange.Method == "POST")
        {
            request.Content = new BodyContent(body);
            Copy(exchange.Headers, "Content-Type", request.Content);
            Copy(exchange.Headers, "Content-Encoding", request.Content);
        }

        return request;
    }

    private static HttpMethod Method(string method) => method switch
    {
        "POST" => HttpMethod.Post,
        "GET" => HttpMethod.Get,
        "DELETE" => HttpMethod.Delete,
        _ => new(method),
    };

    private static void AddKey(HttpRequestMessage request, Account account)
    {
        if (account.Key is not { } key)
        {
            return;
        }

        if (account.Provider.Kind == ProviderKind.Azure)
        {
            request.Headers.TryAddWithoutValidation("api-key", key);
        }
        else if (account.Provider.Kind == ProviderKind.Anthropic && !key.StartsWith(OAuthKey, StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }
    }

    private static void Copy(IHeaderDictionary from, string name, HttpContent content)
    {
        if (from[name] is { Count: > 0 } values)
        {
            content.Headers.TryAddWithoutValidation(name, values[0]);
        }
    }
}
