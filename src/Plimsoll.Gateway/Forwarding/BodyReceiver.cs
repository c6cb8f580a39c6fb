using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Receives a request's body into pooled memory: it is needed for the estimate and for sending it again.</summary>
internal static class BodyReceiver
{
    /// <summary>The largest body, as at the providers.</summary>
    public const int Largest = 32 << 20;

    /// <summary>The body, or null and why not.</summary>
    public static async Task<(PooledBytes? Body, Refusal? Refusal)> ReceiveAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > Largest)
        {
            return (null, TooLarge(context.Request.ContentLength.Value));
        }

        PooledBytes body = new((int)(context.Request.ContentLength ?? 0));
        try
        {
            PipeReader reader = context.Request.BodyReader;
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellation);
                foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                {
                    body.Append(piece.Span);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (body.Length > Largest)
                {
                    body.Dispose();
                    return (null, TooLarge(body.Length));
                }

                if (result.IsCompleted)
                {
                    return (body, null);
                }
            }
        }
        catch (BadHttpRequestException bad)
        {
            body.Dispose();
            return (null, bad.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(Largest + 1L),
                StatusCodes.Status408RequestTimeout => new(RefusalKind.TooSlow, "the body of the request came too slowly; send it at 240 bytes a second or faster"),
                _ => new(RefusalKind.Invalid, "the body of the request is not framed as HTTP asks; check Content-Length and Transfer-Encoding"),
            });
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static Refusal TooLarge(long bytes) =>
        new(RefusalKind.TooLarge, $"the body has {bytes} bytes or more; at most {Largest} are accepted, so send less context");
}
