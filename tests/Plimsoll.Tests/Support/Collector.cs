using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Plimsoll.Tests.Support;

/// <summary>A collector of OTLP over HTTP on a free port, which reads what it gets by the rules of the protocol and answers as it is told.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> faults = new();
    private int requests;

    private Collector(WebApplication app) => this.app = app;

    /// <summary>Answers instead of the collector; false = the collector takes the request. Gets the count of requests so far, from 1.</summary>
    public Func<HttpContext, int, Task<bool>> Answer { get; set; } = static (_, _) => Task.FromResult(false);

    public string Url => app.Urls.First();

    public int Requests => Volatile.Read(ref requests);

    public ConcurrentQueue<OtlpReading.Span> Spans { get; } = new();

    public ConcurrentQueue<OtlpReading.Line> Lines { get; } = new();

    /// <summary>The newest points by metric and attributes.</summary>
    public ConcurrentDictionary<string, OtlpReading.Point> Points { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Headers { get; } = new();

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", collector.TakeAsync);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>Fails when anything was not as the protocol wants it.</summary>
    public void IsContent() => Assert.True(faults.IsEmpty, string.Join('\n', faults));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string signal)
    {
        int count = Interlocked.Increment(ref requests);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (await Answer(context, count))
        {
            return;
        }

        body.Position = 0;
        try
        {
            Assert.Equal("application/json", context.Request.ContentType);
            await using Stream plain = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : body;
            using JsonDocument document = await JsonDocument.ParseAsync(plain);
            Headers.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{signal} {context.Request.Headers["x-key"]}"));
            Read(signal, document.RootElement);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            faults.Enqueue($"{signal}: {wrong.Message}");
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private void Read(string signal, JsonElement root)
    {
        switch (signal)
        {
            case "traces":
                foreach (OtlpReading.Span span in OtlpReading.Spans(root))
                {
                    Spans.Enqueue(span);
                }

                break;
            case "logs":
                foreach (OtlpReading.Line line in OtlpReading.Lines(root))
                {
                    Lines.Enqueue(line);
                }

                break;
            case "metrics":
                foreach (OtlpReading.Point point in OtlpReading.Points(root))
                {
                    Points[point.Name + string.Concat(point.Attributes.Select(static pair => $" {pair.Key}={pair.Value}"))] = point;
                }

                break;
            default:
                throw new InvalidDataException($"no signal {signal}");
        }
    }
}
