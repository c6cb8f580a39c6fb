using System.Net.Http.Headers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The headers of an answer that the client gets.</summary>
internal static class ReturnedHeaders
{
    public static List<KeyValuePair<string, string>> Of(UpstreamAnswer answer)
    {
        List<KeyValuePair<string, string>> headers = new(16);
        Collect(answer.Response.Headers.NonValidated, answer.Account?.Key, headers);
        Collect(answer.Response.Content.Headers.NonValidated, answer.Account?.Key, headers);
        return headers;
    }

    private static void Collect(HttpHeadersNonValidated from, string? secret, List<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in from)
        {
            if (!HeaderRules.IsReturned(header.Key))
            {
                continue;
            }

            foreach (string value in header.Value)
            {
                // A provider that quotes the key must not show it to an agent.
                if (secret is null || !value.Contains(secret, StringComparison.Ordinal))
                {
                    headers.Add(new(header.Key, value));
                }
            }
        }
    }
}
