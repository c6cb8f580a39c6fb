using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Slack;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Takes what Slack's Events API sends; the signature is the caller's only proof.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api: answered within three seconds, else Slack sends it again.</remarks>
internal sealed class SlackEndpoint(SlackAdapter slack)
{
    private const int LargestBody = 256 << 10;
    private const int LongestChallenge = 1000;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/slack/events", TakeAsync).Needs(AccessScope.None);

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        ReadOnlyMemory<byte> body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (slack.Signature.Refuses(context.Request.Headers["X-Slack-Request-Timestamp"], context.Request.Headers["X-Slack-Signature"], body.Span) is { } reason)
        {
            await Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, reason, "Is slack.signing_secret that of the app, and the clock right?");
            return;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            await AnswerAsync(context, json.RootElement);
        }
        catch (JsonException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the body is not JSON", "Subscribe to events; commands and interactions are not taken.");
        }
    }

    private async Task AnswerAsync(HttpContext context, JsonElement json)
    {
        string? type = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
        if (type == "url_verification" && json.TryGetProperty("challenge", out JsonElement challenge) && challenge.ValueKind == JsonValueKind.String && challenge.GetString() is { Length: <= LongestChallenge } text)
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(text, context.RequestAborted);
            return;
        }

        // What is not for us is answered all the same: otherwise Slack sends it again.
        if (type == "event_callback" && SlackEvent.Read(json) is { } one && await slack.Inbound.TakeAsync(one) is { } refusal)
        {
            await Problem.WriteAsync(context, refusal);
        }
    }
}
