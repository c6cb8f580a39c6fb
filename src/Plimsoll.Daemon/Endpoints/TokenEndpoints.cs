using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Makes, lists and ends named tokens, and tells who changed what.</summary>
internal sealed class TokenEndpoints(ServiceHost service)
{
    private const string Example = """{"name": "ci", "scope": "submit", "expires_in_seconds": 2592000}""";
    private const int UsualEntries = 100;
    private const int MostEntries = 1000;
    private const double LongestLife = 10 * 365 * 86_400.0;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tokens", ListAsync).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/tokens", CreateAsync).Needs(AccessScope.Admin);
        routes.MapDelete("/api/v1/tokens/{name}", RevokeAsync).Needs(AccessScope.Admin);
        routes.MapGet("/api/v1/audit", AuditAsync).Needs(AccessScope.Admin);
    }

    private Task ListAsync(HttpContext context)
    {
        var views = new TokenListView([.. service.Tokens.All.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => View(pair.Key, pair.Value, null))]);
        return context.WriteJsonAsync(views, ServiceJsonContext.Default.TokenListView);
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync(ServiceJsonContext.Default.TokenRequestView, Example) is not { } wanted)
        {
            return;
        }

        if (wanted.Name is not { Length: >= 1 and <= 100 } name || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.'))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"'{Asked.Shown(wanted.Name)}' cannot be the name of a token", "Use 1 to 100 letters, digits and _ - .");
            return;
        }

        if (!Enum.TryParse(wanted.Scope, ignoreCase: true, out AccessScope scope) || scope is AccessScope.None || !Enum.IsDefined(scope) || char.IsAsciiDigit(wanted.Scope![0]))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"there is no scope '{Asked.Shown(wanted.Scope)}'", "The scopes are read, submit and admin; each includes those before it.");
            return;
        }

        if (wanted.ExpiresInSeconds is { } seconds && !(seconds is >= 1 and <= LongestLife))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"expires_in_seconds is a number from 1 to {LongestLife:0}, found {seconds}", "Leave it out for a token that does not expire.");
            return;
        }

        TimeSpan? life = wanted.ExpiresInSeconds is { } given ? TimeSpan.FromSeconds(given) : null;
        if (!(await service.Tokens.CreateAsync(AccessGate.CallerOf(context), name, scope, life)).TryGet(out (string Token, KeptToken Kept) made, out Refusal? refusal))
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.CacheControl = "no-store";
        await context.WriteJsonAsync(View(name, made.Kept, made.Token), ServiceJsonContext.Default.TokenView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        string name = context.GetRouteValue("name") as string ?? "";
        if (await service.Tokens.RevokeAsync(AccessGate.CallerOf(context), name))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no token '{Asked.Shown(name)}'", "GET /api/v1/tokens lists them.");
    }

    private async Task AuditAsync(HttpContext context)
    {
        if (await Asked.NumberAsync(context, "limit", UsualEntries, MostEntries) is { } limit)
        {
            IReadOnlyList<AuditEntry> entries = await service.Audit.NewestAsync(limit, context.RequestAborted);
            await context.WriteJsonAsync(
                new AuditListView([.. entries.Select(static entry => new AuditView(entry.At, entry.Caller, entry.Action, entry.Target, entry.Detail))]),
                ServiceJsonContext.Default.AuditListView);
        }
    }

    private static TokenView View(string name, KeptToken kept, string? token) =>
        new(name, kept.Scope.ToString().ToLowerInvariant(), kept.CreatedAt, kept.ExpiresAt, kept.By, token);
}
