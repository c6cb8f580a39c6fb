using Microsoft.AspNetCore.Http;
using Plimsoll.Gateway.Callers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Receives requests from clients: who asks, what for, and whether that is allowed at all.</summary>
internal sealed class Intake(CallerBook callers, RouteTable routes, CallPipeline pipeline, GatewayClock clock, Action<string> notice)
{
    public async Task ReceiveAsync(HttpContext context)
    {
        HttpReply reply = new(context);
        try
        {
            if (await BeginAsync(context, reply) is { } refusal)
            {
                await RefusalWriter.WriteAsync(reply, refusal, SpeaksAnthropic(context, routes.Find(context.Request.Path.Value ?? "")), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, its key was revoked or the gateway stops: nobody reads what could be said.
            context.Abort();
        }
        catch (IOException)
        {
            context.Abort();
        }
        catch (Exception fault)
        {
            // A fault of ours: the agent sees a broken connection, as from any server, and people are told.
            notice($"a request to {Printable(context.Request.Path.Value ?? "")} failed inside the gateway: {fault.GetType().Name}: {fault.Message}");
            context.Abort();
        }
    }

    /// <summary>Serves the request, or says why not.</summary>
    private async Task<Refusal?> BeginAsync(HttpContext context, HttpReply reply)
    {
        HttpRequest http = context.Request;
        if (http.Headers.Upgrade.Count > 0)
        {
            return new(RefusalKind.UpgradeRequired, "WebSockets are not served; use HTTP with server-sent events (supports_websockets=false)");
        }

        if (http.Headers.ContainsKey("X-Content-Length") || (http.Headers.TransferEncoding.Count > 0 && http.ContentLength is not null))
        {
            return new(RefusalKind.Invalid, "the request has both Content-Length and Transfer-Encoding; send one of them");
        }

        string path = http.Path.Value ?? "/";
        if (path is "/" or "")
        {
            return await ProbeAsync(http, reply, context.RequestAborted);
        }

        if (routes.Find(path) is not { } route)
        {
            return new(RefusalKind.NotFound, $"nothing is served at {Printable(path)}; the base URL is this address, with or without /v1");
        }

        if (!IsAllowed(http.Method, route))
        {
            return new(RefusalKind.MethodNotAllowed, $"{Printable(http.Method)} is not served at {Printable(path)}");
        }

        if (VirtualKey.Of(http.Headers) is not { } key || callers.Find(key) is not { } caller)
        {
            return new(RefusalKind.Unauthenticated, "the key is missing, unknown or has ended with its task; use the one in the environment of the task");
        }

        if (caller.Policy?.Refuses(clock.Now) is { } wait)
        {
            return new(RefusalKind.PolicyExceeded, $"the limit of key '{caller.Caller.Name}' is reached; try again in {Math.Ceiling(wait.TotalSeconds)} s", wait);
        }

        return await ServeAsync(context, reply, caller, route);
    }

    private async Task<Refusal?> ServeAsync(HttpContext context, HttpReply reply, CallerState caller, Route route)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, caller.Revoked);
        (PooledBytes? body, Refusal? refusal) = await BodyReceiver.ReceiveAsync(context, ended.Token);
        if (body is null)
        {
            return refusal;
        }

        bool isPlain = context.Request.Headers.ContentEncoding.Count == 0;
        BodyPeek peek = body.Length > 0 && isPlain ? BodyReader.Read(body.Span, route.Kind) : BodyPeek.Nothing;
        using Exchange exchange = new()
        {
            Caller = caller,
            Route = route,
            Method = context.Request.Method,
            Query = context.Request.QueryString.Value ?? "",
            Headers = context.Request.Headers,
            Body = body,
            Peek = peek,
            Reply = reply,
            Deadline = new(clock, peek.Streams),
            Ended = ended.Token,
            IsAnthropic = SpeaksAnthropic(context, route),
        };
        await pipeline.RunAsync(exchange);
        return null;
    }

    private static async Task<Refusal?> ProbeAsync(HttpRequest http, HttpReply reply, CancellationToken cancellation)
    {
        if (http.Method is not ("GET" or "HEAD"))
        {
            return new(RefusalKind.MethodNotAllowed, $"{Printable(http.Method)} is not served at /");
        }

        ReadOnlyMemory<byte> body = "{\"service\":\"plimsoll gateway\"}\n"u8.ToArray();
        reply.Begin(200, body.Length);
        reply.Header("Content-Type", "application/json");
        if (http.Method == "GET")
        {
            await reply.WriteAsync(body, cancellation);
        }

        return null;
    }

    private static bool IsAllowed(string method, Route route) => route.Kind switch
    {
        RouteKind.Models => method is "GET" or "HEAD",
        RouteKind.ResponseParts => method is "GET" or "POST" or "DELETE",
        _ => method == "POST",
    };

    private static bool SpeaksAnthropic(HttpContext context, Route? route) =>
        route?.IsAnthropic == true
        || (route?.Kind is null or RouteKind.Models && context.Request.Headers.ContainsKey("anthropic-version"));

    private static string Printable(string text) =>
        new([.. text.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
