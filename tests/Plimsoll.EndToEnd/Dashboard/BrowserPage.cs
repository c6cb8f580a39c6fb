using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>A page of the browser: what it shows, what it complained of and what it asked for.</summary>
internal sealed class BrowserPage(Browser browser, string session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Errors and warnings of the console, uncaught exceptions, and refusals of the content security policy.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Addresses of everything it asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public async Task BeginAsync()
    {
        foreach (string domain in (string[])["Runtime", "Log", "Page", "Network"])
        {
            await SendAsync($"{domain}.enable");
        }
    }

    public void Notice(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.consoleAPICalled" when parameters["type"]!.GetValue<string>() is "error" or "warning" or "assert":
                Complaints.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Runtime.exceptionThrown":
                Complaints.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Complaints.Enqueue(parameters["entry"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                Requests.Enqueue(parameters["request"]!["url"]!.GetValue<string>());
                break;
        }
    }

    public Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => browser.SendAsync(method, parameters, session);

    /// <summary>A page as wide as that; below 600 pixels a phone.</summary>
    public async Task LookAsync(int width, int height, bool dark = false)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = width < 600 ? 2 : 1, ["mobile"] = width < 600 });
        JsonArray features = [new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }, new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }];
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = features });
    }

    public Task GoAsync(string url) => SendAsync("Page.navigate", new JsonObject { ["url"] = url });

    /// <summary>The value of an expression, also of a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, $"{expression}: {answer["exceptionDetails"]?.ToJsonString()}");
        return answer["result"]!["value"]?.DeepClone();
    }

    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression))?.ToString() ?? "";

    /// <summary>Waits until an expression is true; the time limit can only fail.</summary>
    public async Task UntilAsync(string expression, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if ((await EvaluateAsync($"Boolean({expression})"))?.GetValue<bool>() == true)
                {
                    return;
                }
            }
            catch (InvalidOperationException)
            {
                // The page is just being replaced.
            }

            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                Assert.Fail($"did not happen within {Patience}: {what}\n{await TextAsync("document.body.innerText")}\n{string.Join('\n', Complaints)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Presses a key, as somebody without a mouse would.</summary>
    public async Task PressAsync(string key, int code, string? text = null)
    {
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            JsonObject parameters = new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
            if (text is not null && type == "keyDown")
            {
                parameters["text"] = text;
            }

            await SendAsync("Input.dispatchKeyEvent", parameters);
        }
    }

    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!.GetValue<string>());
}
