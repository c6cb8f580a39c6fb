using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>A model server on loopback that speaks Anthropic Messages and OpenAI Responses: asked to "Create FILE", it first calls the agent's tool for that and then says it is done.</summary>
internal sealed partial class ModelServer : IDisposable
{
    private const int PortAttempts = 20;
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private ModelServer(HttpListener listener, int port)
    {
        _listener = listener;
        BaseUrl = $"http://127.0.0.1:{port}";
        _serving = ServeAsync();
    }

    public string BaseUrl { get; }

    /// <summary>Method and path of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static ModelServer Start()
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            HttpListener listener = new();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new(listener, port);
            }
            catch (HttpListenerException) when (attempt < PortAttempts)
            {
                // Someone else took the port between the look and the start.
                listener.Close();
            }
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context);
            }
            catch (Exception gone) when (gone is HttpListenerException or IOException)
            {
                // The agent hung up; it asks again or reports it.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        (string type, string answer) = (context.Request.HttpMethod, path) switch
        {
            ("POST", "/v1/messages") => Messages(body),
            ("POST", "/v1/messages/count_tokens") => ("application/json", """{"input_tokens":10}"""),
            ("POST", "/v1/responses") => ("text/event-stream", ResponsesScript.Answer(body, FileAskedFor(body))),
            _ => ("application/json", """{"data":[]}"""),
        };
        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentType = type;
        context.Response.ContentLength64 = context.Request.HttpMethod == "HEAD" ? 0 : bytes.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            await context.Response.OutputStream.WriteAsync(bytes);
        }

        context.Response.Close();
    }

    private static (string Type, string Answer) Messages(string body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        bool streams = request.RootElement.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();
        return streams
            ? ("text/event-stream", MessagesScript.Answer(body, FileAskedFor(body)))
            : ("application/json", MessagesScript.WholeAnswer);
    }

    private static string FileAskedFor(string body) => Wish().Match(body) is { Success: true } match ? match.Groups["file"].Value : "notes.md";

    [GeneratedRegex(@"Create (?<file>[\w.-]+\.md)")]
    private static partial Regex Wish();
}
