using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>A service with work, and a browser that looks at its dashboard.</summary>
internal sealed class DashboardScene : IAsyncDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Browser browser;
    private readonly int port;
    private RunningProcess service;

    private DashboardScene(TemporaryProject project, int port, RunningProcess service, Browser browser)
    {
        Project = project;
        this.port = port;
        this.service = service;
        this.browser = browser;
    }

    public TemporaryProject Project { get; }

    public BrowserPage Page { get; private set; } = null!;

    public string Url => $"http://127.0.0.1:{port}";

    public string Token { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="configuration">Text of plimsoll.yaml.</param>
    /// <param name="group">A memory cgroup of 4 GiB that the service is started in; null = none.</param>
    public static async Task<DashboardScene> StartAsync(string configuration = "concurrency: 3\n", string? group = null)
    {
        Browser browser = await Browser.StartAsync();
        TemporaryProject project = new();
        project.Write("plimsoll.yaml", configuration);
        int port = FreePort();
        DashboardScene scene = new(project, port, group is null ? Serve(project, port) : ServeIn(group, project, port), browser);
        await scene.ReadyAsync();
        scene.Token = project.Read(".plimsoll/token").Trim();
        scene.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Token);
        scene.Page = await browser.OpenAsync();
        await scene.Page.LookAsync(1280, 900);
        return scene;
    }

    /// <summary>Logs in as somebody does.</summary>
    public async Task LoginAsync()
    {
        await Page.GoAsync(Url + "/");
        await Page.UntilAsync("document.getElementById('token')", "the login page is shown");
        await Page.EvaluateAsync($"document.getElementById('token').value = {JsonSerializer.Serialize(Token)}; document.querySelector('form').requestSubmit()");
        await Page.UntilAsync("document.querySelector('.link-state')?.dataset.state === 'live'", "the overview is live");
    }

    /// <summary>Shows a page and waits for what must be on it.</summary>
    public async Task ShowAsync(string place, string expected)
    {
        await Page.EvaluateAsync($"location.hash = '#/{place}'");
        await Page.UntilAsync(expected, $"#/{place} shows {expected}");
    }

    /// <summary>Presses the button of an action, fills its fields and confirms.</summary>
    public async Task ActAsync(string button, string? field = null, string? value = null)
    {
        string find = $"[...document.querySelectorAll('main button')].find(one => one.textContent === {JsonSerializer.Serialize(button)})";
        await Page.UntilAsync(find, $"there is a button {button}");
        await Page.EvaluateAsync($"{find}.click()");
        await Page.UntilAsync("document.querySelector('dialog[open]')", $"{button} asks first");
        if (field is not null)
        {
            await Page.EvaluateAsync($"document.querySelector('dialog [name={field}]').value = {JsonSerializer.Serialize(value)}");
        }

        await Page.EvaluateAsync("document.querySelector('dialog button[value=yes]').click()");
    }

    /// <summary>Submits a plan; gives the number of its run.</summary>
    public async Task<int> SubmitAsync(string plan)
    {
        using StringContent body = new(JsonSerializer.Serialize(new Dictionary<string, string> { ["plan"] = plan, ["format"] = "yaml" }), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync($"{Url}/api/v1/runs", body, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("run").GetInt32();
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await client.GetStringAsync(Url + path, Cancel)).RootElement;

    /// <summary>Waits until a task is in this state.</summary>
    public Task<JsonElement> UntilAsync(string id, string state) => UntilAsync(id, state, task => task.GetProperty("task").GetProperty("state").GetString() == state);

    /// <summary>Waits until a task is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string id, string what, Func<JsonElement, bool> condition)
    {
        for (int i = 0; i < 600; i++)
        {
            JsonElement task = await GetAsync($"/api/v1/tasks/{id}");
            if (condition(task))
            {
                return task;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        Assert.Fail($"task {id} did not become {what}: {await GetAsync($"/api/v1/tasks/{id}")}");
        return default;
    }

    /// <summary>Kills the service as a crash would.</summary>
    public async Task KillAsync()
    {
        service.Send(Signal.Kill);
        await service.WaitAsync(Cancel);
        service.Dispose();
    }

    /// <summary>Starts it again at the same address.</summary>
    public async Task RestartAsync()
    {
        service = Serve(Project, port);
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        service.Dispose();
        client.Dispose();
        Project.Dispose();
    }

    private static RunningProcess Serve(TemporaryProject project, int port) => project.Start("serve", "--listen", $"127.0.0.1:{port}", "--json");

    private static RunningProcess ServeIn(string group, TemporaryProject project, int port)
    {
        Directory.CreateDirectory(group);
        File.WriteAllText(Path.Combine(group, "memory.limit_in_bytes"), "4G");
        project.Environment["DEMO_KEY"] = "sk-demo";
        project.Environment["BURN"] = TemporaryProject.Executable;
        return RunningProcess.Start("/bin/sh", ["-c", $"echo $$ > '{group}/cgroup.procs' && exec '{TemporaryProject.Executable}' serve --listen 127.0.0.1:{port} --json"], project.Folder, project.Environment);
    }

    private Task ReadyAsync() => TemporaryProject.UntilAsync(() => service.HasEnded || service.Seen.Contains("\"urls\"", StringComparison.Ordinal), "the service is ready");

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
