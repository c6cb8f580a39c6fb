using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.OpenApi;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Serves the OpenAPI document of the routes that there are.</summary>
internal sealed class OpenApiEndpoint
{
    private byte[]? document; // written by whoever asks first; twice does no harm

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/openapi.json", WriteAsync).Needs(AccessScope.Read);

    private async Task WriteAsync(HttpContext context)
    {
        document ??= Encoding.UTF8.GetBytes(OpenApiDocument.Write(context.RequestServices.GetRequiredService<EndpointDataSource>(), Version).ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }

    /// <summary>Without the commit.</summary>
    private static string Version => (typeof(OpenApiEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
