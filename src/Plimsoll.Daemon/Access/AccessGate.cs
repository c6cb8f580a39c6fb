using System.Net;
using Microsoft.AspNetCore.Http;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Access;

/// <summary>Finds out who makes a request, and refuses those that a browser was tricked into.</summary>
/// <remarks>
/// The API is as dangerous as a shell. Whoever reaches the Unix socket may do everything: its mode is 0600. Over TCP a bearer token is
/// needed for all but health and configured templates. A Host that is no address or name of ours comes from DNS rebinding, an Origin that
/// is not ours from another site's page. A browser shows a token once and has a cookie from then on; what it changes needs a header besides, which
/// another site's page cannot know.
/// </remarks>
internal sealed class AccessGate(ServiceSecret secret, TokenBook tokens, SessionBook sessions, Func<AttemptId, bool> isLive, IReadOnlySet<string> hosts)
{
    private const string Bearer = "Bearer ";

    private static readonly string[] Proxied = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Who makes the request; null and why when it must not be answered at all.</summary>
    public (Caller? Caller, string? Refusal) Admit(HttpContext context)
    {
        bool local = context.Connection.LocalIpAddress is null; // a Unix socket has none
        if (!local && !IsOurs(context.Request.Host.Host))
        {
            return (null, $"the Host header names '{Shown(context.Request.Host.Host)}', which is not this service");
        }

        if (context.Request.Headers.Origin is { Count: > 0 } origin && !IsOurOrigin(context, origin.ToString()))
        {
            return (null, $"the request comes from a page of '{Shown(origin.ToString())}', which is not this service");
        }

        if (context.Request.Headers.Authorization is not { Count: > 0 } authorization)
        {
            return local ? (Caller.Socket, null) : AdmitBrowser(context);
        }

        string text = authorization.ToString();
        return text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && CallerOf(text[Bearer.Length..].Trim()) is { } caller
            ? (caller, null)
            : (null, "the token is not known, or its task has ended");
    }

    /// <summary>Sessions of browsers.</summary>
    public SessionBook Sessions => sessions;

    public static Caller CallerOf(HttpContext context) => context.Features.Get<Caller>() ?? Caller.Anonymous;

    /// <summary>Who has this token; null when it is not known, or its task has ended.</summary>
    public Caller? CallerOf(string token) =>
        secret.Is(token) ? new Caller("token", AccessScope.Admin)
        : tokens.CallerOf(token) is { } named ? named
        : secret.AttemptOf(token) is { } attempt && isLive(attempt) ? new Caller($"attempt {attempt.Task}.{attempt.Number}", AccessScope.Submit, attempt)
        : null;

    /// <summary>A cookie that is over counts as none.</summary>
    private (Caller? Caller, string? Refusal) AdmitBrowser(HttpContext context)
    {
        if (SessionCookie.Of(context) is not { } cookie || sessions.Find(cookie) is not { } session || !tokens.Carries(session.Name, session.BegunAt))
        {
            return (Caller.Anonymous, null);
        }

        bool changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        return changes && !sessions.IsCsrf(cookie, context.Request.Headers[SessionCookie.CsrfHeader])
            ? (null, $"the request changes something and comes without the header {SessionCookie.CsrfHeader} of its session")
            : (new Caller($"{session.Name} (browser)", session.Scope), null);
    }

    /// <summary>True for a caller on this machine; what a proxy on this machine hands on may come from anywhere.</summary>
    public static bool IsLoopback(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !Proxied.Any(context.Request.Headers.ContainsKey);

    private bool IsOurs(string host) => hosts.Contains(host.Trim('[', ']'))
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private bool IsOurOrigin(HttpContext context, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && IsOurs(uri.Host) && string.Equals(uri.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length > 100 ? text[..100] + "…" : text;
}
