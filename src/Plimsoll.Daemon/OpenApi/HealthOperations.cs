using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Health, the document itself, and what programs of other kinds use.</summary>
internal static class HealthOperations
{
    private const string Tag = "health";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("GET", "/health", Tag, "How the service is, and how busy.") { Answer = ServiceJsonContext.Default.HealthView },
        new("GET", "/health/live", Tag, "The same; for a supervisor that wants to know whether it lives.") { Answer = ServiceJsonContext.Default.HealthView },
        new("GET", "/health/ready", Tag, "The same; 503 while nothing is accepted.") { Answer = ServiceJsonContext.Default.HealthView, OtherStatus = 503 },
        new("GET", "/metrics", Tag, "Metrics in the text form of Prometheus; on the loopback without a token.") { AnswerType = "text/plain" },
        new("GET", "/api/v1/openapi.json", Tag, "This document.") { AnswerType = "application/json" },
        new("POST", "/mcp", "mcp", "One message of the Model Context Protocol (streamable HTTP, without sessions).") { BodySchema = """{"type":"object"}""", AnswerType = "text/event-stream", OtherStatus = 202 },
        new("POST", "/slack/events", "slack", "Events of Slack, signed by it; anything else is refused.") { BodySchema = """{"type":"object"}""", AnswerType = "application/json", IsOptional = true },
        new("GET", "/mcp", "mcp", "Answers 405: the server sends nothing unasked.") { Status = 405 },
        new("DELETE", "/mcp", "mcp", "Answers 405: there are no sessions.") { Status = 405 },
    ];
}
