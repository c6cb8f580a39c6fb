using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Calibration.ProviderModel;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>A model on loopback that has an agent submit a task over the Model Context Protocol, wait for it and look at it.</summary>
internal sealed class ToolCallingModel : IDisposable
{
    private const string Prefix = "mcp__plimsoll__";

    private readonly string _child;
    private readonly LoopbackServer _server;

    /// <param name="child">The task to submit, as JSON.</param>
    public ToolCallingModel(string child)
    {
        _child = child;
        _server = LoopbackServer.Start(AnswerAsync);
    }

    public string BaseUrl => _server.BaseUrl;

    /// <summary>What each tool answered, in order.</summary>
    public ConcurrentQueue<string> Results { get; } = [];

    /// <summary>Names of the tools the agent offered.</summary>
    public ConcurrentDictionary<string, bool> Offered { get; } = [];

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(cancellationToken);
        (string type, string answer) = context.Request.Path == "/v1/messages" && body.Contains("\"stream\":true", StringComparison.Ordinal)
            ? ("text/event-stream", Next(JsonElement.Parse(body)))
            : ("application/json", context.Request.Path == "/v1/messages" ? MessagesScript.WholeAnswer : """{"input_tokens":10}""");
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
    }

    private string Next(JsonElement request)
    {
        string[] offered = request.TryGetProperty("tools", out JsonElement tools)
            ? [.. tools.EnumerateArray().Select(static tool => tool.TryGetProperty("name", out JsonElement name) ? name.GetString()! : "")]
            : [];
        if (!offered.Contains(Prefix + "submit_task"))
        {
            return MessagesScript.Say("A title");
        }

        foreach (string tool in offered)
        {
            Offered[tool] = true;
        }

        string[] results = [.. request.GetProperty("messages").EnumerateArray().SelectMany(ToolResults)];
        foreach (string result in results.Skip(Results.Count))
        {
            Results.Enqueue(result);
        }

        return results.Length switch
        {
            0 => Call(1, "submit_task", _child),
            1 => Call(2, "wait", $$"""{"tasks": ["{{IdIn(results[0])}}"], "timeout_seconds": 60}"""),
            2 => Call(3, "status", $$"""{"id": "{{IdIn(results[0])}}"}"""),
            _ => MessagesScript.Say($"The child said: {JsonElement.Parse(results[1]).GetProperty("items")[0].GetProperty("outputs").GetProperty("answer").GetString()}"),
        };
    }

    private static string Call(int number, string tool, string arguments) => MessagesScript.Call($"toolu_{number}", Prefix + tool, arguments);

    private static string IdIn(string submitted) => JsonElement.Parse(submitted).GetProperty("id").GetString()!;

    private static IEnumerable<string> ToolResults(JsonElement message)
    {
        if (message.GetProperty("content") is not { ValueKind: JsonValueKind.Array } blocks)
        {
            yield break;
        }

        foreach (JsonElement block in blocks.EnumerateArray().Where(static block => block.GetProperty("type").GetString() == "tool_result"))
        {
            JsonElement content = block.GetProperty("content");
            yield return content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
        }
    }
}
