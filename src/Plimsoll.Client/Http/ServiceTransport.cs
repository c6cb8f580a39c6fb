using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>Sends requests to one service in the name of one caller; connections are kept and shared.</summary>
internal sealed class ServiceTransport : IDisposable
{
    private readonly HttpClient http;
    private readonly string? token;

    public ServiceTransport(ServiceAddress address, string? token)
    {
        this.token = string.IsNullOrEmpty(token) ? null : token;
        SocketsHttpHandler handler = address.Socket is { } path
            ? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken) }
            : new SocketsHttpHandler { UseProxy = !address.IsLocal, AllowAutoRedirect = false };
        http = new HttpClient(handler) { BaseAddress = address.Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="path">Without a leading slash.</param>
    public async Task<ServiceAnswer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken, string? key = null)
        where T : class
    {
        if (!(await ExchangeAsync(method, path, body, key, cancellationToken).ConfigureAwait(false)).TryGet(out byte[]? answer, out ProblemView? problem))
        {
            return problem;
        }

        try
        {
            return JsonSerializer.Deserialize(answer, type) is { } value ? value : Strange(200);
        }
        catch (JsonException)
        {
            return Strange(200);
        }
    }

    /// <summary>Sends a request and gives the whole answer as text.</summary>
    public async Task<ServiceAnswer<string>> SendTextAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken) =>
        (await ExchangeAsync(method, path, body, null, cancellationToken).ConfigureAwait(false)).TryGet(out byte[]? answer, out ProblemView? problem)
            ? Encoding.UTF8.GetString(answer)
            : problem;

    /// <summary>Begins a request whose answer is read as it comes; the caller disposes it.</summary>
    public async Task<ServiceAnswer<HttpResponseMessage>> OpenAsync(string path, CancellationToken cancellationToken, RangeHeaderValue? range = null)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path, null);
        request.Headers.Range = range;
        try
        {
            HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                return ProblemOf((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Unreachable(error);
        }
    }

    /// <summary>A body of JSON.</summary>
    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A body of JSON that is written already.</summary>
    public static HttpContent Json(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public void Dispose() => http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ProblemView ProblemOf(int status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ServiceJsonContext.Default.ProblemView) is { Title: not null } problem)
            {
                return problem;
            }
        }
        catch (JsonException)
        {
            // Somebody else answers at this address.
        }

        return Strange(status);
    }

    private static ProblemView Strange(int status) => new(
        "about:blank", $"the service answered with status {status} and nothing that can be read", status, "Is this the address of `plimsoll serve`?", null, null);

    private static ProblemView Unreachable(Exception error) => new(
        "about:blank", $"the service cannot be reached: {error.InnerException?.Message ?? error.Message}", 0, "Start it with `plimsoll serve`, or name another with --server or PLIMSOLL_URL.", null, null);

    private async Task<ServiceAnswer<byte[]>> ExchangeAsync(HttpMethod method, string path, HttpContent? body, string? key, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(method, path, body);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? answer : ProblemOf((int)response.StatusCode, answer);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Unreachable(error);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }
}
