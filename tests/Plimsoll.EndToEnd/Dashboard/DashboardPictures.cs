using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>Makes the pictures of docs/dashboard.md from a real run on a machine of 4 GiB; no test, so it runs only when it is asked for.</summary>
public sealed class DashboardPictures
{
    private const string Plan = """
        name: nightly
        defaults: { timeout: 10m }
        tasks:
          fetch: { run: "echo fetched; sleep 1" }
          build:
            needs: [fetch]
            matrix: { project: [core, engine, gateway] }
            locks: [nuget-cache]
            class: build
            run: ["sh", "-c", "echo building {{project}}; exec $BURN burn --curve 0:60M,2:300M,3:180M"]
          review:
            needs: [build]
            matrix: { file: [Kernel.cs, Journal.cs, Loop.cs, Gateway.cs, Limits.cs, Access.cs, Plans.cs, Watch.cs, Client.cs, Daemon.cs, Cli.cs, Explain.cs] }
            class: review
            run: ["sh", "-c", "for i in 1 2 3; do echo \"reviewing {{file}}, pass $i: nothing to change\"; done; exec $BURN burn --curve 0:80M,4:430M,6:800M,8:430M,45:430M"]
          render:
            needs: [build]
            matrix: { scene: [harbour, hull, deck, bridge, mast] }
            locks: { gpu: 1 }
            class: render
            run: ["sh", "-c", "echo rendering {{scene}}; exec $BURN burn --memory 220M --seconds 30"]
          mirror:
            needs: [fetch]
            retries: { max: 2, backoff: { base: 10ms, cap: 10ms } }
            run: "echo connecting to the mirror; echo 'error: connection refused' >&2; exit 7"
          ask:
            matrix: { question: [naming, errors, tests, limits, docs, logging, retries, locks, startup, shutdown, memory, quotas] }
            llm: { model: claude-sonnet-4-5, prompt: "What would you change about the {{question}} of this repository?", max_tokens: 600 }
          publish: { needs: [review, render], run: echo published }
        """;

    private static readonly (string Name, string Place, string Shows)[] Pages =
    [
        ("waiting", "task/1.{last}", "document.querySelector('.why li')?.textContent.includes('released by')"),
        ("overview", "", "document.querySelectorAll('.live-item').length > 4 && document.querySelectorAll('.causes b').length > 1"),
        ("run", "run/1", "document.querySelector('canvas')?.height > 10 && document.querySelector('.list .row')"),
        ("task", "task/1.4", "document.querySelector('.log').textContent.includes('pass 3') && document.querySelector('.chart')"),
        ("classes", "classes", "document.querySelector('main .panel .facts')"),
        ("gateway", "gateway", "document.querySelector('main td')"),
        ("nodes", "nodes", "document.querySelector('.machine') && document.querySelector('main td')"),
        ("dead", "dead", "document.querySelector('main .panel .facts')"),
        ("alerts", "alerts", "document.querySelector('.alert[data-severity=warning]')"),
    ];

    [Fact(Explicit = true)]
    public async Task Take()
    {
        int port = FreePort();
        using RunningProcess provider = RunningProcess.Start(TemporaryProject.Executable, ["bench", "provider", "--port", port.ToString(CultureInfo.InvariantCulture), "--rpm", "20", "--itpm", "60k", "--otpm", "6k"], Path.GetTempPath());
        string group = MemoryCgroups.Own.TrimEnd('/') + $"/plimsoll-pictures-{Environment.ProcessId}";
        await using (DashboardScene scene = await DashboardScene.StartAsync(Configuration(port), group))
        {
            await scene.SubmitAsync(Plan);
            await scene.UntilAsync("1.4", "running");
            await scene.Page.LookAsync(1280, 900);
            await scene.LoginAsync();
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            string last = await scene.Page.TextAsync("fetch('/api/v1/overview').then(answer => answer.json()).then(now => (now.waiting.find(one => one.name.startsWith('review')) ?? now.waiting.at(-1)).id.split('.')[1])");
            foreach ((string name, string place, string shows) in Pages)
            {
                await scene.ShowAsync(place.Replace("{last}", last, StringComparison.Ordinal), shows);
                await SaveAsync(scene.Page, $"dashboard-{name}", 1280, dark: false);
                if (name is "overview" or "run")
                {
                    await SaveAsync(scene.Page, $"dashboard-{name}-dark", 1280, dark: true);
                    await SaveAsync(scene.Page, $"dashboard-{name}-phone", 390, dark: false);
                    await scene.Page.LookAsync(1280, 900);
                }
            }

            (await scene.Project.PlimsollAsync("report", "1", "-o", "report.html")).Ended(0);
            await scene.Page.GoAsync($"file://{scene.Project.Folder}/report.html");
            await SaveAsync(scene.Page, "report", 1000, dark: false);
        }

        // Tasks outlive the service; those of the plan end by themselves.
        await TemporaryProject.UntilAsync(() => Directory.GetFiles(group, "cgroup.procs", SearchOption.AllDirectories).All(static file => File.ReadAllText(file).Length == 0), "the group is empty", 180);
        foreach (string folder in Directory.GetDirectories(group, "*", SearchOption.AllDirectories).OrderByDescending(static one => one.Length))
        {
            Directory.Delete(folder);
        }

        Directory.Delete(group);
    }

    private static string Configuration(int port) => $$"""
        locks: { gpu: 2, nuget-cache: 1 }
        providers:
          anthropic:
            key: { from: DEMO_KEY }
            base_url: "http://127.0.0.1:{{port}}"
            limits: { rpm: 20, itpm: 60k, otpm: 6k }
            prices: { "claude-*": { input: 3, output: 15, cache_read: 0.30, cache_write: 3.75 } }
        alerts:
          rules:
            queue-is-long: { signal: tasks.ready, above: 5, for: 3s, severity: warning }
        """;

    /// <summary>As high as the page is, up to a limit.</summary>
    private static async Task SaveAsync(BrowserPage page, string name, int width, bool dark)
    {
        await page.LookAsync(width, 900, dark);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, TestContext.Current.CancellationToken);
        int height = int.Parse(await page.TextAsync("(document.querySelector('main') ?? document.body).getBoundingClientRect().bottom + scrollY | 0"), CultureInfo.InvariantCulture);
        await page.LookAsync(width, Math.Clamp(height, 500, width < 600 ? 2400 : 1700), dark);
        await Task.Delay(TimeSpan.FromSeconds(0.7), TimeProvider.System, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(RepositoryFiles.Root, "docs", "images", $"{name}.png"), await page.PictureAsync(), TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
