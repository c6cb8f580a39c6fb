using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.Client.Services;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>A started <c>plimsoll serve</c>, reached over its Unix socket.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private readonly RunningProcess process;
    private readonly HttpClient client;

    public ServiceProcess(TemporaryProject project, params string[] options)
    {
        string[] nowhere = options.Contains("--listen") ? [] : ["--listen", "none"];
        process = project.Start(["serve", .. nowhere, "--json", .. options]);
        string socket = Path.Combine(project.StateFolder, "api.sock");
        client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancel) => ConnectAsync(socket, cancel) })
        {
            BaseAddress = new Uri("http://plimsoll"),
            Timeout = RequestTimeout,
        };
    }

    public int Pid => process.Pid;

    public string Seen => process.Seen;

    /// <summary>What it said when it was ready; null before.</summary>
    public ServiceReadyView? Ready => process.Seen.Split('\n').FirstOrDefault(line => line.StartsWith("{\"urls\"", StringComparison.Ordinal)) is { } line
        && process.Seen.Contains(line + "\n", StringComparison.Ordinal)
        ? JsonSerializer.Deserialize(line, ServiceJsonContext.Default.ServiceReadyView)
        : null;

    public async Task<ServiceReadyView> ReadyAsync()
    {
        await TemporaryProject.UntilAsync(() => process.HasEnded || Ready is not null, "the service is ready");
        Assert.True(Ready is not null, $"the service ended:\n{Seen}");
        return Ready;
    }

    /// <summary>Submits tasks, a JSON object each.</summary>
    /// <returns>False when nobody answered, or the service said it cannot now: nobody knows whether it took them.</returns>
    public async Task<bool> SubmitAsync(IEnumerable<string> tasks)
    {
        using StringContent content = new($$"""{"tasks":[{{string.Join(',', tasks)}}]}""", Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await client.PostAsync("/api/v1/tasks", content, TestContext.Current.CancellationToken);
            string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}: {body}");
            return response.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Asks, with a JSON body or without one.</summary>
    /// <returns>Null when nobody answered, or the service said it cannot now.</returns>
    public async Task<JsonElement?> AskAsync(HttpMethod method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}: {text}");
            return response.IsSuccessStatusCode ? JsonElement.Parse(text) : null;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async Task<HealthView> HealthAsync()
    {
        await using Stream body = await client.GetStreamAsync("/health", TestContext.Current.CancellationToken);
        return (await JsonSerializer.DeserializeAsync(body, ServiceJsonContext.Default.HealthView, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits until nothing runs and nothing waits.</summary>
    public async Task IdleAsync(TimeSpan limit)
    {
        long begun = TimeProvider.System.GetTimestamp();
        HealthView health = await HealthAsync();
        while (health.TasksRunning + health.TasksQueued > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < limit, $"after {limit} still {health}\n{Seen}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            health = await HealthAsync();
        }
    }

    public async Task KillAsync()
    {
        process.Send(Signal.Kill);
        await process.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop; the second time it leaves what runs.</summary>
    public void AskToStop() => process.Send(Signal.Terminate);

    public async Task<ServiceStoppedView> StoppedAsync()
    {
        ProcessResult result = await process.WaitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize(result.WithoutStackTrace().Ended(128 + Signal.Terminate).StdoutLines[^1], ServiceJsonContext.Default.ServiceStoppedView)!;
    }

    public void Dispose()
    {
        client.Dispose();
        process.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
