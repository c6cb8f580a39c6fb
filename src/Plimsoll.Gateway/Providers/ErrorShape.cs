using System.Buffers;
using System.Text.Json;
using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Providers;

/// <summary>Writes refusals as the provider would, so that clients understand them.</summary>
/// <remarks>Sources: Anthropic, "Errors"; OpenAI, "Error codes".</remarks>
internal static class ErrorShape
{
    // Nobody puts an error into a web page unescaped; people read it.
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The status a refusal has in a dialect; an overload is 529 at Anthropic and 503 elsewhere.</summary>
    public static int StatusOf(RefusalKind kind, bool anthropic) => kind switch
    {
        RefusalKind.Invalid => 400,
        RefusalKind.Unauthenticated => 401,
        RefusalKind.BudgetExceeded => 402,
        RefusalKind.NotFound => 404,
        RefusalKind.MethodNotAllowed => 405,
        RefusalKind.TooSlow => 408,
        RefusalKind.TooLarge => 413,
        RefusalKind.UpgradeRequired => 426,
        RefusalKind.PolicyExceeded => 429,
        RefusalKind.UpstreamFailed => 502,
        _ => anthropic ? 529 : 503,
    };

    /// <summary>The body of an error.</summary>
    public static ReadOnlyMemory<byte> Body(Refusal refusal, bool anthropic)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using Utf8JsonWriter json = new(buffer, Plain);
        json.WriteStartObject();
        if (anthropic)
        {
            json.WriteString("type", "error");
        }

        json.WriteStartObject("error");
        json.WriteString("type", anthropic ? AnthropicType(refusal.Kind) : OpenAIType(refusal.Kind));
        json.WriteString("message", refusal.Message);
        if (!anthropic)
        {
            json.WriteNull("param");
            json.WriteString("code", OpenAICode(refusal.Kind));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The same as an event in a stream that has begun.</summary>
    public static ReadOnlyMemory<byte> Event(ReadOnlySpan<byte> body, RouteKind route)
    {
        ArrayBufferWriter<byte> buffer = new(body.Length + 32);
        buffer.Write(route == RouteKind.Chat ? "data: "u8 : "event: error\ndata: "u8);
        int start = buffer.WrittenCount;
        buffer.Write(body);
        byte[] written = buffer.WrittenSpan.ToArray();
        written.AsSpan(start).Replace((byte)'\n', (byte)' ');
        written.AsSpan(start).Replace((byte)'\r', (byte)' ');
        return (byte[])[.. written, .. "\n\n"u8];
    }

    /// <summary>What keeps a stream alive before its first event.</summary>
    /// <remarks>Clients of OpenAI know no ping event, but every reader of event streams skips a comment (WHATWG HTML, 9.2.6).</remarks>
    public static ReadOnlyMemory<byte> Ping(RouteKind route) => route == RouteKind.Messages ? AnthropicPing : Comment;

    private static readonly byte[] AnthropicPing = [.. "event: ping\ndata: {\"type\": \"ping\"}\n\n"u8];
    private static readonly byte[] Comment = [.. ": waiting for quota\n\n"u8];

    private static string AnthropicType(RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => "authentication_error",
        RefusalKind.BudgetExceeded => "billing_error",
        RefusalKind.NotFound => "not_found_error",
        RefusalKind.TooSlow => "timeout_error",
        RefusalKind.TooLarge => "request_too_large",
        RefusalKind.PolicyExceeded => "rate_limit_error",
        RefusalKind.UpstreamFailed => "api_error",
        RefusalKind.Overloaded => "overloaded_error",
        _ => "invalid_request_error",
    };

    private static string OpenAIType(RefusalKind kind) => kind switch
    {
        RefusalKind.BudgetExceeded => "insufficient_quota",
        RefusalKind.PolicyExceeded => "requests",
        RefusalKind.UpstreamFailed or RefusalKind.Overloaded or RefusalKind.TooSlow => "server_error",
        _ => "invalid_request_error",
    };

    private static string? OpenAICode(RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => "invalid_api_key",
        RefusalKind.BudgetExceeded => "budget_exceeded",
        RefusalKind.PolicyExceeded => "rate_limit_exceeded",
        RefusalKind.Overloaded => "server_is_overloaded",
        RefusalKind.UpgradeRequired => "websockets_not_supported",
        _ => null,
    };
}
