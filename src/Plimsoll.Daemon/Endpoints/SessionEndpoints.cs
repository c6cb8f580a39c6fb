using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Overviews;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Exchanges a token for the session of a browser, shows the session, and ends it.</summary>
internal sealed class SessionEndpoints(AccessGate gate)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/session", BeginAsync).Needs(AccessScope.None);
        routes.MapGet("/api/v1/session", ShowAsync).Needs(AccessScope.None);
        routes.MapDelete("/api/v1/session", EndAsync).Needs(AccessScope.None);
    }

    private async Task BeginAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync(OverviewJsonContext.Default.LoginView, "{\"token\": \"…\"}") is not { } login)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(login.Token) || gate.CallerOf(login.Token.Trim()) is not { Attempt: null } caller)
        {
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "the token is not known", "The file token of the state folder holds it: cat .plimsoll/token");
            return;
        }

        (string cookie, Session session) = gate.Sessions.Begin(caller);
        SessionCookie.Set(context, cookie, session.ExpiresAt);
        await WriteAsync(context, cookie, session);
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (SessionCookie.Of(context) is { } cookie && gate.Sessions.Find(cookie) is { } session)
        {
            await WriteAsync(context, cookie, session);
            return;
        }

        // Whoever asks who he is gets an answer: a page that is opened the first time has done nothing wrong.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task EndAsync(HttpContext context)
    {
        if (SessionCookie.Of(context) is { } cookie)
        {
            gate.Sessions.End(cookie);
            SessionCookie.Remove(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task WriteAsync(HttpContext context, string cookie, Session session)
    {
        context.Response.Headers.CacheControl = "no-store";
        var view = new SessionView(session.Name, session.Scope.ToString().ToLowerInvariant(), session.ExpiresAt, gate.Sessions.CsrfOf(cookie));
        return context.WriteJsonAsync(view, OverviewJsonContext.Default.SessionView);
    }
}
