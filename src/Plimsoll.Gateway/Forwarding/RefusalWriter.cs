using System.Globalization;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Writes a refusal as a whole answer.</summary>
internal static class RefusalWriter
{
    public static async ValueTask WriteAsync(IReply reply, Refusal refusal, bool anthropic, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = ErrorShape.Body(refusal, anthropic);
        reply.Begin(ErrorShape.StatusOf(refusal.Kind, anthropic), body.Length);
        reply.Header("Content-Type", "application/json");
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            reply.Header("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        }

        if (!refusal.IsRetryable)
        {
            reply.Header("x-should-retry", "false");
        }

        await reply.WriteAsync(body, cancellation);
    }
}
