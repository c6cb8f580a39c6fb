using System.Text.Json;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The two changes a body may get, made in its bytes so that all others stay as they are: another model, and a question for usage.</summary>
internal static class BodyEdit
{
    /// <summary>The body as it is sent; null where nothing is changed.</summary>
    /// <param name="model">The model's name at the provider.</param>
    public static PooledBytes? Make(Exchange exchange, string? model, bool asksForUsage)
    {
        BodyPeek peek = exchange.Peek;
        bool renames = model is not null && peek.Model is not null && model != peek.Model;
        if (!renames && !asksForUsage)
        {
            return null;
        }

        ReadOnlySpan<byte> body = exchange.Body.Span;
        PooledBytes edited = new(body.Length + 256);
        int done = 0;
        if (asksForUsage)
        {
            done = body.IndexOf((byte)'{') + 1;
            edited.Append(body[..done]);
            edited.Append("\"stream_options\":{\"include_usage\":true},"u8);
        }

        if (renames)
        {
            edited.Append(body[done..peek.ModelAt.Start]);
            edited.Append("\""u8);
            edited.Append(JsonEncodedText.Encode(model!).EncodedUtf8Bytes);
            edited.Append("\""u8);
            done = peek.ModelAt.Start + peek.ModelAt.Length;
        }

        edited.Append(body[done..]);
        return edited;
    }

    /// <summary>Whether a stream tells no usage unless it is asked to.</summary>
    public static bool NeedsQuestion(Exchange exchange, bool isConfigured) =>
        isConfigured && exchange.Route.Kind == RouteKind.Chat && exchange.Peek is { IsRead: true, Streams: true, HasStreamOptions: false };
}
