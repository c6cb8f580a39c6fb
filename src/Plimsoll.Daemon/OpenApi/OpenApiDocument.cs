using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document of the routes that the server really has; what the catalog does not describe is there with what the route itself says.</summary>
/// <remarks>https://spec.openapis.org/oas/v3.1.1.html</remarks>
internal sealed class OpenApiDocument
{
    /// <summary>Files of the dashboard are no interface.</summary>
    private static readonly string[] Prefixes = ["/api/", "/health", "/metrics", "/mcp", "/slack/"];

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"];

    private readonly SchemaBook schemas = new();

    /// <summary>Routes of the interface as method and path.</summary>
    public static IEnumerable<(string Method, string Path, AccessScope Scope)> Routes(EndpointDataSource source) =>
        source.Endpoints.OfType<RouteEndpoint>()
            .Where(static route => Array.Exists(Prefixes, prefix => ("/" + route.RoutePattern.RawText?.TrimStart('/')).StartsWith(prefix, StringComparison.Ordinal)))
            .SelectMany(static route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method =>
                (method, "/" + route.RoutePattern.RawText!.TrimStart('/'), route.Metadata.GetMetadata<NeededScope>()?.Scope ?? AccessScope.Admin)));

    public static JsonObject Write(EndpointDataSource source, string version) => new OpenApiDocument().Build([.. Routes(source)], version);

    private JsonObject Build((string Method, string Path, AccessScope Scope)[] routes, string version)
    {
        var paths = new JsonObject();
        foreach (IGrouping<string, (string Method, string Path, AccessScope Scope)> path in routes.GroupBy(static route => route.Path, StringComparer.Ordinal).OrderBy(static path => path.Key, StringComparer.Ordinal))
        {
            var item = new JsonObject();
            foreach ((string method, _, AccessScope scope) in path.OrderBy(static route => Array.IndexOf(Methods, route.Method)))
            {
                item[method.ToLowerInvariant()] = Operation(ApiCatalog.Find(method, path.Key), method, path.Key, scope);
            }

            paths[path.Key] = item;
        }

        JsonNode problem = schemas.Of(ServiceJsonContext.Default.ProblemView);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Plimsoll",
                ["version"] = version,
                ["description"] = "Runs fleets of AI agents and other memory-hungry jobs at the highest concurrency that machine, quota and locks allow. Members that are null are left out; readers ignore members they do not know.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Schemas,
                ["responses"] = new JsonObject { ["Problem"] = Problem(problem) },
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The file token of the state folder holds it. The Unix socket needs none." },
                },
            },
        };
    }

    private static JsonObject Problem(JsonNode schema) => new()
    {
        ["description"] = "Why the request was not carried out (RFC 9457), with every finding. 503 comes with Retry-After: the service is busy, drained, or its journal cannot be written.",
        ["headers"] = new JsonObject { ["Retry-After"] = new JsonObject { ["description"] = "Seconds; with 503.", ["schema"] = new JsonObject { ["type"] = "integer" } } },
        ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = schema } },
    };

    private JsonObject Operation(ApiOperation? told, string method, string path, AccessScope scope)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(told?.Tag ?? "other"),
            ["summary"] = told?.Summary ?? $"{method} {path}",
            ["operationId"] = IdOf(method, path),
        };
        JsonArray parameters = OpenApiParameters.Of(told, path);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (told is { Body: not null } or { BodySchema: not null })
        {
            operation["requestBody"] = Body(told);
        }

        operation["responses"] = Responses(told);
        operation["x-scope"] = scope.ToString().ToLowerInvariant();
        if (scope == AccessScope.None)
        {
            operation["security"] = new JsonArray(new JsonObject());
        }

        return operation;
    }

    private JsonObject Body(ApiOperation told)
    {
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = told.Body is { } body ? schemas.Of(body) : JsonNode.Parse(told.BodySchema!) } };
        foreach (string type in told.BodyTypes)
        {
            content[type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        }

        return new JsonObject { ["required"] = !told.BodyIsOptional, ["content"] = content };
    }

    private JsonObject Responses(ApiOperation? told)
    {
        var responses = new JsonObject();
        int[] statuses = told?.OtherStatus is { } other ? [told.Status, other] : [told?.Status ?? 200];
        foreach (int status in statuses)
        {
            var response = new JsonObject { ["description"] = told?.Summary ?? "It was carried out." };
            if (told?.Answer is { } answer)
            {
                response["content"] = new JsonObject { [told.AnswerType ?? "application/json"] = new JsonObject { ["schema"] = schemas.Of(answer) } };
            }
            else if (told?.AnswerType is { } type)
            {
                response["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };
            }

            responses[$"{status}"] = response;
        }

        responses["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        return responses;
    }

    /// <summary><c>GET /api/v1/runs/{run}/tasks</c> is <c>get_runs_run_tasks</c>.</summary>
    private static string IdOf(string method, string path) =>
        method.ToLowerInvariant() + "_" + string.Join('_', path.Replace("/api/v1/", "/", StringComparison.Ordinal).Split(['/', '{', '}', '.', '-'], StringSplitOptions.RemoveEmptyEntries));
}
