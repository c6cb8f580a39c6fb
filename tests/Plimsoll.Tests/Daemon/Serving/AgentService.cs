using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

/// <summary>A service in a temporary folder with a client on its Unix socket; may be ended and started again.</summary>
internal sealed class AgentService : IAsyncDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private ServiceSession? session;

    private AgentService(string folder) => Folder = folder;

    public string Folder { get; }

    public HttpClient Http { get; private set; } = new();

    /// <summary>Over TCP.</summary>
    public Uri Url => new(session!.Ready.Urls[0]);

    public string Socket => session!.Ready.Socket;

    public string Token => File.ReadAllText(session!.Ready.TokenFile).Trim();

    /// <summary>Everything the server answers.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Routing.RouteEndpoint> Routes => session!.Routes;

    public List<string> Notices { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="configuration">plimsoll.yaml.</param>
    /// <param name="journal">Where the journal is; null = in the state folder.</param>
    public static async Task<AgentService> StartAsync(int slots = 4, string configuration = "", string? journal = null)
    {
        var service = new AgentService(Directory.CreateTempSubdirectory("plimsoll-agents-").FullName) { slots = slots, journal = journal };
        await File.WriteAllTextAsync(Path.Combine(service.Folder, "plimsoll.yaml"), configuration, Cancellation);
        await service.BeginAsync();
        return service;
    }

    private int slots;
    private string? journal;

    /// <summary>Ends the service as it is and starts the next one on the same journal.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await session!.DisposeAsync();
        await BeginAsync();
    }

    public async Task<(int Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, "http://localhost" + path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using HttpResponseMessage response = await Http.SendAsync(request, Cancellation).WaitAsync(Enough, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public Task<(int Status, JsonElement Json)> PostAsync(string path, string body, string? token = null) => SendAsync(HttpMethod.Post, path, body, token);

    public Task<(int Status, JsonElement Json)> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    /// <summary>Submits a task; gives its id.</summary>
    public async Task<string> SubmitAsync(string task, string? token = null)
    {
        (int status, JsonElement json) = await PostAsync("/api/v1/tasks", task, token);
        Assert.True(status == 202, json.ToString());
        return json.GetProperty("id").GetString()!;
    }

    /// <summary>Waits for a task; gives the state it ended in.</summary>
    public async Task<string> EndOfAsync(string id)
    {
        (int status, JsonElement json) = await GetAsync($"/api/v1/tasks/{id}/wait?timeout=25");
        Assert.True(status == 200 && json.GetProperty("done").GetBoolean(), json.ToString());
        return json.GetProperty("items")[0].GetProperty("state").GetString()!;
    }

    /// <summary>Starts a task that lives until it is told to end, and gives its id and token.</summary>
    public async Task<(string Id, string Token)> LivingTaskAsync(string name)
    {
        string id = await SubmitAsync(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["run"] = $"echo $PLIMSOLL_TOKEN > {name}.part && mv {name}.part {name}.token; while [ ! -e {name}.end ]; do sleep 0.05; done",
        }));
        string file = Path.Combine(Folder, name + ".token");
        await Until.TrueAsync(() => File.Exists(file));
        return (id, (await File.ReadAllTextAsync(file, Cancellation)).Trim());
    }

    public void EndTask(string name) => File.WriteAllText(Path.Combine(Folder, name + ".end"), "");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (session is not null)
        {
            await session.StopAsync(TimeSpan.Zero, CancellationToken.None);
            await session.DisposeAsync();
        }

        foreach (string token in Directory.EnumerateFiles(Folder, "*.token"))
        {
            EndTask(Path.GetFileNameWithoutExtension(token));
        }

        await Until.TrueAsync(() =>
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return true;
            }
            catch (IOException)
            {
                return false; // A task that has just ended still writes how.
            }
        });
    }

    private async Task BeginAsync()
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        if (journal is not null)
        {
            settings.Add("journal", journal);
        }

        Project project = ProjectRig.Value(Project.Open(new ProjectOptions(Folder, null, null, settings), TimeProvider.System));
        session = ProjectRig.Value(await project.ServeAsync(new ServiceRequest(["127.0.0.1:0"], ProjectRig.Value<TaskLimit>(new TaskLimit(slots))), Notices.Add, Cancellation));
        string socket = session.Ready.Socket;
        Http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }
}
