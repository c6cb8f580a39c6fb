using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Dashboard;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Serves the files of the dashboard; they hold nothing of anybody, so everybody gets them.</summary>
internal sealed class DashboardEndpoints
{
    /// <summary>Nothing from elsewhere, nothing inline, in nobody's frame.</summary>
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private readonly FrozenDictionary<string, DashboardAsset> assets = DashboardAssets.Load();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", ["GET", "HEAD"], context => WriteAsync(context, DashboardAssets.Index)).Needs(AccessScope.None);
        foreach (string path in assets.Keys)
        {
            routes.MapMethods("/" + path, ["GET", "HEAD"], context => WriteAsync(context, path)).Needs(AccessScope.None);
        }
    }

    private async Task WriteAsync(HttpContext context, string path)
    {
        DashboardAsset asset = assets[path];
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache"; // may be kept, but is asked for each time
        headers.ETag = asset.Tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(asset.Tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(asset.Content, context.RequestAborted);
        }
    }
}
