using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Daemon.Overviews;

/// <summary>Writes overviews as server-sent events.</summary>
internal static class OverviewStream
{
    private static readonly byte[] Blank = "\n\n"u8.ToArray();

    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy must not hold it back
    }

    /// <param name="data">One line.</param>
    public static async Task WriteAsync(HttpContext context, string name, long id, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {name}\ndata: "));
        await context.Response.Body.WriteAsync(head, cancellationToken);
        await context.Response.Body.WriteAsync(data, cancellationToken);
        await context.Response.Body.WriteAsync(Blank, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
