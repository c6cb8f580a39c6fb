using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Links;

/// <summary>Calls the API of a service, here or elsewhere, in the name of one caller.</summary>
internal sealed class ServiceLink : IDisposable
{
    private readonly HttpClient http;
    private readonly string? token;

    private ServiceLink(HttpClient http, string? token)
    {
        this.http = http;
        this.token = token;
    }

    /// <summary>A service on a Unix socket; without a token the socket's own rights count.</summary>
    public static ServiceLink OfSocket(string path, string? token) => new(
        new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = Timeout.InfiniteTimeSpan,
        },
        token);

    /// <summary>A service at a URL: <c>http://…</c>, <c>https://…</c>, or <c>unix:/path</c> as tasks may be told.</summary>
    public static Outcome<ServiceLink> Open(string url, string? token)
    {
        if (url.StartsWith("unix:", StringComparison.Ordinal))
        {
            return OfSocket(url["unix:".Length..], token);
        }

        return Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new ServiceLink(new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan }, token)
            : new Refusal(ExitCode.Invalid, $"'{url}' is no address of a service", "Write for example http://127.0.0.1:8000, or unix:/path/to/api.sock.");
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="path">Without a leading slash.</param>
    public async Task<Outcome<string>> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(method, path, json);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? text : RefusalOf((int)response.StatusCode, text);
        }
        catch (HttpRequestException error)
        {
            return Unreachable(error);
        }
    }

    /// <summary>Reads an answer that goes on, until it ends or is given up; true when the service ended it.</summary>
    public async Task<bool> FollowAsync(string path, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path, null);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return true;
            }

            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            byte[] buffer = new byte[256];
            while (await body.ReadAsync(buffer, cancellationToken) > 0)
            {
            }

            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private static Refusal RefusalOf(int status, string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, ServiceJsonContext.Default.ProblemView) is { Title: not null } problem)
            {
                return new Refusal(status is 503 or 404 ? ExitCode.Environment : ExitCode.Invalid, problem.Title, problem.Cure, problem.Errors ?? []);
            }
        }
        catch (JsonException)
        {
            // Somebody else answers at this address.
        }

        return new Refusal(ExitCode.Environment, $"the service answered with status {status} and no explanation", "Is this the address of `plimsoll serve`?");
    }

    private static Refusal Unreachable(HttpRequestException error) => new(
        ExitCode.Environment, $"the service cannot be reached: {error.InnerException?.Message ?? error.Message}", "Start it with `plimsoll serve`, or name another with --server or PLIMSOLL_URL.");

    private HttpRequestMessage Request(HttpMethod method, string path, string? json)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return request;
    }
}
