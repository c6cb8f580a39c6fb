using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Sends a call from within this process through the pipeline and reads its answer.</summary>
internal sealed class LlmCaller(CallerBook callers, CallPipeline pipeline, Router router, GatewayClock clock)
{
    private const int UsualMaxTokens = 4096;
    private const int FirstRetryableStatus = 500;

    public async Task<LlmAnswer> CallAsync(LlmCall call, CancellationToken cancellation)
    {
        if (router.Serves(call.Provider, call.Model) is not { } kind)
        {
            return new(null, default, $"no configured provider {(call.Provider is { } name ? $"'{name}' " : "")}serves model '{call.Model}'; add one under providers:");
        }

        bool anthropic = kind == Core.Providers.ProviderKind.Anthropic;
        Route route = new(anthropic ? RouteKind.Messages : RouteKind.Chat, anthropic ? "messages" : "chat/completions", "llm", call.Provider);
        PooledBytes body = Body(call, anthropic);
        CallerState caller = callers.Of(call.Caller);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, caller.Revoked);
        using MemoryReply reply = new();
        using Exchange exchange = new()
        {
            Caller = caller,
            Route = route,
            Method = "POST",
            Query = "",
            Headers = new HeaderDictionary { ["Content-Type"] = "application/json", ["anthropic-version"] = "2023-06-01" },
            Body = body,
            Peek = BodyReader.Read(body.Span, route.Kind),
            Reply = reply,
            Deadline = new(clock, canBeKept: true),
            Ended = ended.Token,
            IsAnthropic = anthropic,
        };
        await pipeline.RunAsync(exchange);
        cancellation.ThrowIfCancellationRequested();
        return Read(reply, exchange.Usage, anthropic);
    }

    private static PooledBytes Body(LlmCall call, bool anthropic)
    {
        ArrayBufferWriter<byte> buffer = new(call.Prompt.Length + 256);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", call.Model);
            json.WriteNumber(anthropic ? "max_tokens" : "max_completion_tokens", call.MaxTokens ?? UsualMaxTokens);
            if (anthropic && call.System is not null)
            {
                json.WriteString("system", call.System);
            }

            json.WriteStartArray("messages");
            if (!anthropic && call.System is not null)
            {
                WriteMessage(json, "system", call.System);
            }

            WriteMessage(json, "user", call.Prompt);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        PooledBytes body = new(buffer.WrittenCount);
        body.Append(buffer.WrittenSpan);
        return body;
    }

    private static void WriteMessage(Utf8JsonWriter json, string role, string content)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static LlmAnswer Read(MemoryReply reply, Core.Providers.ModelUsage usage, bool anthropic)
    {
        bool retryable = reply.Status >= FirstRetryableStatus || reply.IsBroken;
        try
        {
            using JsonDocument document = JsonDocument.Parse(reply.Body);
            JsonElement root = document.RootElement;
            if (reply.Status == StatusCodes.Status200OK && TextOf(root, anthropic) is { } text)
            {
                return new(text, usage, null);
            }

            string? message = root.TryGetProperty("error", out JsonElement error) && error.TryGetProperty("message", out JsonElement said) ? said.GetString() : null;
            return new(null, usage, $"the model answered {reply.Status}: {message ?? "no text and no reason"}", retryable);
        }
        catch (Exception nonsense) when (nonsense is JsonException or InvalidOperationException)
        {
            return new(null, usage, $"the model answered {reply.Status}, and not in the form of its provider", retryable);
        }
    }

    private static string? TextOf(JsonElement root, bool anthropic)
    {
        if (!anthropic)
        {
            return root.TryGetProperty("choices", out JsonElement choices) && choices.GetArrayLength() > 0
                ? choices[0].GetProperty("message").GetProperty("content").GetString()
                : null;
        }

        return root.TryGetProperty("content", out JsonElement blocks)
            ? string.Concat(blocks.EnumerateArray().Where(block => block.TryGetProperty("text", out _)).Select(block => block.GetProperty("text").GetString()))
            : null;
    }
}
