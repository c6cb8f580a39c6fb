using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>The routes beside those that produce output; they are answered at once and charged nothing.</summary>
internal static class SideRoutes
{
    private const string Models = "/models";

    /// <summary>Status and JSON body; an empty body is none.</summary>
    public static (int Status, string Body) Answer(HttpRequest http, ReadOnlySpan<byte> body)
    {
        string path = http.Path.Value!.TrimEnd('/');
        if (http.Headers.Upgrade.Count > 0)
            return (StatusCodes.Status426UpgradeRequired, Error("WebSocket is not supported here; use HTTP.").ToJsonString());

        int tokens = RequestReader.Tokens(body);
        JsonObject? answer = (http.Method, path) switch
        {
            ("HEAD", _) => [],
            ("GET", "") => [],
            ("GET", _) when path.EndsWith(Models, StringComparison.Ordinal) => new() { ["object"] = "list", ["data"] = new JsonArray(Model("model")), ["has_more"] = false },
            ("GET", _) when path.Contains(Models + "/", StringComparison.Ordinal) => Model(path[(path.LastIndexOf('/') + 1)..]),
            ("GET", _) when path.Contains("/responses/", StringComparison.Ordinal) =>
                new() { ["id"] = path[(path.LastIndexOf('/') + 1)..], ["object"] = "response", ["status"] = "completed", ["output"] = new JsonArray() },
            ("POST", _) when path.EndsWith("/messages/count_tokens", StringComparison.Ordinal) => new() { ["input_tokens"] = tokens },
            ("POST", _) when path.EndsWith("/responses/input_tokens", StringComparison.Ordinal) => new() { ["object"] = "response.input_tokens", ["input_tokens"] = tokens },
            ("POST", _) when path.EndsWith("/responses/compact", StringComparison.Ordinal) => Compacted(tokens),
            _ => null,
        };
        return answer is null
            ? (StatusCodes.Status404NotFound, Error($"Unknown request: {http.Method} {path}").ToJsonString())
            : (StatusCodes.Status200OK, http.Method == "HEAD" ? "" : answer.ToJsonString());
    }

    public static async Task SendAsync(HttpContext context, byte[] body, CancellationToken cancellationToken)
    {
        (int status, string text) = Answer(context.Request, body);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (bytes.Length > 0)
            await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    private static JsonObject Model(string name) => new() { ["id"] = name, ["object"] = "model", ["type"] = "model", ["display_name"] = name, ["created"] = 1, ["owned_by"] = "model" };

    private static JsonObject Compacted(int tokens) => new()
    {
        ["id"] = "resp_compacted",
        ["object"] = "response.compaction",
        ["created_at"] = 1,
        ["output"] = new JsonArray(new JsonObject { ["type"] = "compaction", ["id"] = "cmp_1", ["encrypted_content"] = "tok" }),
        ["usage"] = new JsonObject { ["input_tokens"] = tokens, ["output_tokens"] = 1, ["total_tokens"] = tokens + 1 },
    };

    private static JsonObject Error(string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = "not_found_error", ["message"] = message, ["param"] = null, ["code"] = null },
    };
}
