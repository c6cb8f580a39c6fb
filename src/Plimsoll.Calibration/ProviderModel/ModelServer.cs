using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>A model server on loopback that speaks Anthropic Messages, OpenAI Responses and OpenAI Chat Completions.</summary>
/// <remarks>Asked to "Create FILE", it first calls the agent's tool for that and then says it is done; asked anything else, it says so at once.</remarks>
internal sealed partial class ModelServer : IDisposable
{
    private const int PortAttempts = 20;
    private readonly HttpListener _listener;
    private readonly TimeSpan _thinking;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _answering = [];
    private readonly Task _serving;

    private ModelServer(HttpListener listener, int port, TimeSpan thinking, TimeProvider time)
    {
        _listener = listener;
        _thinking = thinking;
        _time = time;
        BaseUrl = $"http://127.0.0.1:{port}";
        _serving = ServeAsync();
    }

    public string BaseUrl { get; }

    /// <summary>Method and path of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <param name="thinking">How long each answer of the model takes.</param>
    public static ModelServer Start(TimeSpan thinking, TimeProvider time)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            HttpListener listener = new();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new(listener, port, thinking, time);
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
        _closing.Cancel();
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
        Task.WaitAll([.. _answering.Keys], TimeSpan.FromSeconds(10));
        _closing.Dispose();
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

            foreach (Task done in _answering.Keys.Where(task => task.IsCompleted))
                _answering.TryRemove(done, out _);
            _answering.TryAdd(TryAnswerAsync(context), true);
        }
    }

    private async Task TryAnswerAsync(HttpListenerContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The agent hung up; it asks again or reports it. Or it is we who close.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(_closing.Token);
        (string type, string answer, bool thinks) = (context.Request.HttpMethod, path) switch
        {
            ("POST", "/v1/messages") => Messages(body),
            ("POST", "/v1/messages/count_tokens") => ("application/json", """{"input_tokens":10}""", false),
            ("POST", "/v1/responses") => ("text/event-stream", ResponsesScript.Answer(body, FileAskedFor(body)), true),
            ("POST", "/v1/chat/completions") => ("text/event-stream", ChatScript.Answer(), true),
            _ => ("application/json", """{"data":[]}""", false),
        };
        if (thinks && _thinking > TimeSpan.Zero)
            await Task.Delay(_thinking, _time, _closing.Token);

        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentType = type;
        context.Response.ContentLength64 = context.Request.HttpMethod == "HEAD" ? 0 : bytes.Length;
        if (context.Request.HttpMethod != "HEAD")
            await context.Response.OutputStream.WriteAsync(bytes, _closing.Token);

        context.Response.Close();
    }

    private static (string Type, string Answer, bool Thinks) Messages(string body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        bool streams = request.RootElement.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();
        return streams
            ? ("text/event-stream", MessagesScript.Answer(body, FileAskedFor(body)), true)
            : ("application/json", MessagesScript.WholeAnswer, true);
    }

    private static string? FileAskedFor(string body) => Wish().Match(body) is { Success: true } match ? match.Groups["file"].Value : null;

    [GeneratedRegex(@"Create (?<file>[\w.-]+\.md)")]
    private static partial Regex Wish();
}
