using System.Collections.Frozen;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Which headers cross the gateway.</summary>
/// <remarks>
/// Headers of one connection stay there (RFC 9110, 7.6.1). Compression is not asked for: usage is read from what passes. Limits belong to the whole
/// account, not to one client, so theirs are taken out.
/// </remarks>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> OfOneConnection = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotSent = new[]
    {
        "Host", "Content-Length", "X-Content-Length", "Authorization", "x-api-key", "api-key", "Accept-Encoding", "Expect", "Cookie", "Content-Type", "Content-Encoding",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotReturned = new[]
    {
        "Content-Length", "Set-Cookie", "Retry-After", "retry-after-ms", "Alt-Svc", "Server", "Date", "x-should-retry",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="connection">Value of the request's Connection header: it may name more of its kind.</param>
    public static bool IsSent(string name, string? connection) =>
        !NotSent.Contains(name) && !OfOneConnection.Contains(name) && name[0] != ':' && !IsNamed(name, connection);

    public static bool IsReturned(string name) =>
        !NotReturned.Contains(name) && !OfOneConnection.Contains(name) && !IsLimit(name);

    private static bool IsLimit(string name) =>
        name.StartsWith("anthropic-ratelimit-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("anthropic-priority-", StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(string name, string? connection) =>
        connection is not null
        && !connection.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
        && connection.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
}
