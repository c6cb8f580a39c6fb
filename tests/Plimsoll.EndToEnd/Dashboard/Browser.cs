using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>A headless Chromium, driven through the DevTools protocol; it reaches nothing but this machine, and is gone with all its processes afterwards.</summary>
/// <remarks>https://chromedevtools.github.io/devtools-protocol/</remarks>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> asked = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonNode>> pages = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly ClientWebSocket socket = new();
    private readonly RunningProcess process;
    private readonly string folder;
    private Task reading = Task.CompletedTask;
    private int last;

    private Browser(RunningProcess process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    public static async Task<Browser> StartAsync()
    {
        Component.Require("chromium");
        string folder = Directory.CreateTempSubdirectory("plimsoll-browser-").FullName;
        string[] options =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-default-apps", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank",
        ];
        Browser browser = new(RunningProcess.Start("chromium", options, folder, new Dictionary<string, string?> { ["HOME"] = folder }), folder);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        await browser.socket.ConnectAsync(await browser.AddressAsync(), limit.Token);
        browser.reading = browser.ReadAsync();
        return browser;
    }

    /// <summary>Opens a page.</summary>
    public async Task<BrowserPage> OpenAsync()
    {
        string target = (await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }))["targetId"]!.GetValue<string>();
        string session = (await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!.GetValue<string>();
        BrowserPage page = new(this, session);
        pages[session] = page.Notice;
        await page.BeginAsync();
        return page;
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref last);
        TaskCompletionSource<JsonNode> answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await turn.WaitAsync(stop.Token);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, stop.Token);
        }
        finally
        {
            turn.Release();
        }

        JsonNode reply = await answer.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        return reply["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : reply["result"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        socket.Dispose();
        process.Dispose();
        await RemoveAsync();
        stop.Dispose();
        turn.Dispose();
    }

    /// <summary>Processes that are just ending may still write to the folder.</summary>
    private async Task RemoveAsync()
    {
        for (int i = 0; i < 100; i++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<Uri> AddressAsync()
    {
        const string Mark = "DevTools listening on ";
        string? line = null;
        await TemporaryProject.UntilAsync(() => process.HasEnded || (line = process.Seen.Split('\n').SkipLast(1).FirstOrDefault(static one => one.StartsWith(Mark, StringComparison.Ordinal))) is not null, "chromium listens");
        return line is null ? throw new InvalidOperationException($"chromium has ended: {process.Seen}") : new Uri(line[Mark.Length..].Trim());
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream message = new();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), stop.Token);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or JsonException)
        {
            // The browser was closed.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            if (asked.TryRemove(id.GetValue<int>(), out TaskCompletionSource<JsonNode>? answer))
            {
                answer.TrySetResult(message);
            }
        }
        else if (message["sessionId"] is { } session && pages.TryGetValue(session.GetValue<string>(), out Action<string, JsonNode>? notice))
        {
            notice(message["method"]!.GetValue<string>(), message["params"]!);
        }
    }
}
