using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>Reads and writes JSON of requests without reflection.</summary>
internal static class JsonBody
{
    public static async Task WriteJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The body as a document; null after an answer that says what is wrong with it. The caller disposes it.</summary>
    public static async Task<JsonDocument?> ReadJsonAsync(this HttpContext context)
    {
        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                if (!read.Buffer.IsEmpty)
                {
                    return Parse(read.Buffer);
                }

                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the body is empty", "Send a JSON object.");
                return null;
            }
            catch (JsonException error)
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, Why(error), "Send a JSON object.");
                return null;
            }
            finally
            {
                // What is left unread would cost the connection.
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    /// <summary>The body as a record; null after an answer that says what is wrong with it.</summary>
    /// <param name="example">What a right one looks like.</param>
    public static async Task<T?> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type, string example)
        where T : class
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return null;
        }

        try
        {
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.Deserialize(type) is { } value)
            {
                string[] known = [.. type.Properties.Select(static property => property.Name)];
                if (body.RootElement.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
                {
                    await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"the body cannot be used: there is no member '{Asked.Shown(unknown.Name)}'", $"Known: {string.Join(", ", known)}.");
                    return null;
                }

                return value;
            }

            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "the body is not a JSON object", $"Send {example}.");
        }
        catch (JsonException error)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"the body cannot be used: {error.Path ?? "$"} has the wrong type", $"Send {example}.");
        }

        return null;
    }

    /// <summary>Why something is asked for; the body may be left out. Null after an answer that says what is wrong with it.</summary>
    public static async Task<ReasonedView?> ReadReasonAsync(this HttpContext context) =>
        context.Request.ContentLength is null or 0 && !context.Request.Headers.TransferEncoding.Any(static one => one is not null)
            ? new ReasonedView(null)
            : await context.ReadJsonAsync(ServiceJsonContext.Default.ReasonedView, "{\"reason\": \"…\"}");

    private static string Why(JsonException error)
    {
        int place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? $"the body is not JSON: {error.Message}" : $"the body is not JSON, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {error.Message[..place]}";
    }

    /// <summary>Copies: the buffer goes back to the connection.</summary>
    private static JsonDocument Parse(in ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        JsonDocument document = JsonDocument.ParseValue(ref json);
        if (json.Read())
        {
            document.Dispose();
            throw new JsonException("something follows the first value.");
        }

        return document;
    }
}
