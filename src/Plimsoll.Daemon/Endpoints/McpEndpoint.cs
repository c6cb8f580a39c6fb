using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Mcp;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>The Model Context Protocol over streamable HTTP, without sessions: each request is answered by itself.</summary>
/// <remarks>Tools call the service's own API over its socket with the caller's token, so they may do what the caller may, and nothing else.</remarks>
internal sealed class McpEndpoint(string socket)
{
    private const string Bearer = "Bearer ";
    private const string VersionHeader = "MCP-Protocol-Version";

    private static readonly string Version = typeof(McpEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static readonly JsonTypeInfo<JsonRpcMessage> Message = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public McpEndpoint(ServiceHost service)
        : this(ServiceReach.SocketOf(service.Context.StateFolder))
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/mcp", PostAsync).Needs(AccessScope.Submit);
        routes.MapGet("/mcp", NoSessionAsync).Needs(AccessScope.Submit);
        routes.MapDelete("/mcp", NoSessionAsync).Needs(AccessScope.Submit);
    }

    private static Task NoSessionAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "POST";
        return Problem.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "this server has no sessions and sends nothing unasked", "POST one JSON-RPC message at a time.");
    }

    private async Task PostAsync(HttpContext context)
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return;
        }

        JsonRpcMessage? message;
        try
        {
            message = body.RootElement.Deserialize(Message);
        }
        catch (JsonException error)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"the body is no JSON-RPC message: {error.Message}", "Send a message of the Model Context Protocol.");
            return;
        }

        if (message is null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the body is no JSON-RPC message", "Send a message of the Model Context Protocol.");
            return;
        }

        message.Context = new JsonRpcMessageContext { ProtocolVersion = context.Request.Headers[VersionHeader] is [{ Length: > 0 } version] ? version : null };
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache,no-store";
        using var link = ServiceLink.OfSocket(socket, TokenOf(context));
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using McpServer server = McpServer.Create(transport, McpDesk.Options(link, Version));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task running = server.RunAsync(over.Token);
        try
        {
            if (!await transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        finally
        {
            await over.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string? TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { } text && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
}
