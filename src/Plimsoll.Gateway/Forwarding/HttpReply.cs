using Microsoft.AspNetCore.Http;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The answer on a client's connection.</summary>
internal sealed class HttpReply(HttpContext context) : IReply
{
    public bool Started => context.Response.HasStarted;

    public void Begin(int status, long? length)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = length;
    }

    public void Header(string name, string value)
    {
        context.Response.Headers.Append(name, value);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await context.Response.BodyWriter.WriteAsync(bytes, cancellation);
    }

    public void Abort()
    {
        context.Abort();
    }
}
