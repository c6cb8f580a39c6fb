using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching.Logs;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

/// <summary>A service in this process with its real server: on its Unix socket and on a free port of the loopback.</summary>
internal sealed class ServiceRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly bool owned;

    private ServiceRig(ProjectRig project, bool owned, ServiceSession session)
    {
        Project = project;
        this.owned = owned;
        Session = session;
        Socket = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(session.Ready.Socket), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Patience,
        };
        Tcp = new HttpClient { BaseAddress = new Uri(session.Ready.Urls[0]), Timeout = Patience };
    }

    public ProjectRig Project { get; }

    public ServiceSession Session { get; }

    /// <summary>A client that may do everything.</summary>
    public HttpClient Socket { get; }

    /// <summary>A client without a token.</summary>
    public HttpClient Tcp { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ServiceRig> StartAsync(string? configuration = null, int? most = 4, ProjectRig? project = null, ServiceLog? log = null, TimeProvider? time = null)
    {
        ProjectRig rig = project ?? new ProjectRig();
        if (configuration is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(rig.Folder, "plimsoll.yaml"), configuration, Token);
        }

        Project opened = rig.Open(time);
        var request = new ServiceRequest(["127.0.0.1:0"], most is { } count ? new TaskLimit(count) : null) { Log = log };
        return new ServiceRig(rig, project is null, ProjectRig.Value(await opened.ServeAsync(request, static _ => { }, Token)));
    }

    /// <summary>A client over TCP with a token.</summary>
    public HttpClient With(string token) => new()
    {
        BaseAddress = Tcp.BaseAddress,
        Timeout = Patience,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<JsonElement> GetAsync(string path) => (await SendAsync(Socket, HttpMethod.Get, path, null)).Body;

    public async Task<JsonElement> PostAsync(string path, string? body = null) => (await SendAsync(Socket, HttpMethod.Post, path, body)).Body;

    /// <summary>Sends over the socket and expects an answer with this status.</summary>
    public async Task<JsonElement> ExpectAsync(int status, HttpMethod method, string path, string? body = null, string type = "application/json", HttpClient? client = null)
    {
        (int found, JsonElement answer) = await SendAsync(client ?? Socket, method, path, body, type);
        Assert.True(found == status, $"{method} {path} answered {found}, expected {status}: {answer}");
        return answer;
    }

    public static async Task<(int Status, JsonElement Body)> SendAsync(HttpClient client, HttpMethod method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using HttpResponseMessage response = await client.SendAsync(request, Token);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Token);
        using JsonDocument? document = bytes.Length > 0 ? JsonDocument.Parse(bytes) : null;
        return ((int)response.StatusCode, document?.RootElement.Clone() ?? default);
    }

    /// <summary>Asks until a task is in one of these states.</summary>
    public async Task<JsonElement> UntilAsync(string id, params string[] states)
    {
        JsonElement task = default;
        for (int i = 0; i < 1500; i++)
        {
            task = await GetAsync($"/api/v1/tasks/{id}");
            if (states.Contains(task.GetProperty("task").GetProperty("state").GetString()))
            {
                return task;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        Assert.Fail($"task {id} did not become {string.Join(" or ", states)} within 30 s: {task}");
        return default;
    }

    public async Task<string> SubmitAsync(string task) => (await ExpectAsync(202, HttpMethod.Post, "/api/v1/tasks", task)).GetProperty("id").GetString()!;

    public async ValueTask DisposeAsync()
    {
        if (owned)
        {
            // Tasks outlive a service; nothing of a test does.
            JsonElement page = await GetAsync("/api/v1/tasks?state=admitted,running,frozen&limit=1000");
            string[] live = [.. page.GetProperty("tasks").EnumerateArray().Select(static task => $"{task.GetProperty("run")}.{task.GetProperty("task")}")];
            foreach (string id in live)
            {
                await PostAsync($"/api/v1/tasks/{id}/cancel");
            }

            foreach (string id in live)
            {
                await UntilAsync(id, "succeeded", "failed", "dead", "cancelled");
            }
        }

        Socket.Dispose();
        Tcp.Dispose();
        await Session.DisposeAsync();
        if (owned)
        {
            Project.Dispose();
        }
    }
}
